//! Events that a partner makes are valid, and open their commitments.

use super::*;
use theriac_standards::epcis::validate::check_json;

const SCENE: Scene<'_> = Scene {
    gln: "4012345000009",
    now_ms: 1_795_420_800_000,
};

fn all() -> Vec<Value> {
    let epcs = ["https://id.gs1.org/01/04012345123456/21/A1".to_owned()];
    let delivery = Delivery {
        to: "4012345000016",
        despatch_advice: Some("D1"),
        order: Some("P1"),
        invoice: None,
    };
    let sscc = "340123450000000017";
    vec![
        commissioning(&SCENE, &epcs, ("L7", "2027-11-30")),
        packing(&SCENE, sscc, &epcs),
        shipping(&SCENE, &epcs, &delivery),
        receiving(&SCENE, &epcs, ("4012345000016", true)),
        unpacking(&SCENE, sscc, &epcs),
    ]
}

#[test]
fn every_event_made_here_is_valid_epcis() {
    let text = document(SCENE.now_ms, &all());
    let report = check_json(text.as_bytes(), Limits::default()).unwrap();
    assert_eq!(report.events, 5);
    assert!(report.is_accepted(), "{report:?}");
}

#[test]
fn a_paper_opens_its_commitment_and_no_other_event_does() {
    let events = all();
    let one = paper(&events[0]);
    let read = read(&document(SCENE.now_ms, &events)).unwrap();
    assert_eq!(commitment(&read[0], one.salt), one.commitment);
    assert_ne!(commitment(&read[1], one.salt), one.commitment);
    assert_ne!(paper(&events[0]).commitment, one.commitment);
}
