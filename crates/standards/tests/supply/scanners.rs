//! What a faulty scanner sends is read as the pack it was held at, or refused: never as another pack.

use std::collections::BTreeMap;
use theriac_standards::{
    gs1::{pack_label::PackLabel, scan::repair},
    supply::{Act, Fault, Parameters, Random, Reading, Supply},
};

fn packs(count: usize) -> Vec<PackLabel> {
    let mut parameters = Parameters::new(31);
    (parameters.counts.lots, parameters.counts.packs) = (10, 100);
    let supply = Supply::new(parameters).unwrap();
    let packs = supply.filter_map(|step| match step.act {
        Act::Commission { packs, .. } => Some(packs),
        _ => None,
    });
    packs.flatten().take(count).collect()
}

/// The pack of a reading; `None` where it cannot be read.
fn read(text: &str) -> Option<PackLabel> {
    let text = text.trim_matches(['\r', '\n']);
    if let Ok(label) = PackLabel::parse(text) {
        return Some(label);
    }
    PackLabel::from_elements(&repair(text).ok()?.elements).ok()
}

#[test]
fn a_garbled_scan_is_repaired_or_refused_and_never_another_pack() {
    let mut random = Random::new(5, 5);
    let mut told: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for pack in packs(500) {
        for fault in Fault::ALL {
            let reading = Reading::garbled(&pack, fault, &mut random);
            let counts = told.entry(fault.code()).or_default();
            match read(&reading.text) {
                Some(label) => {
                    assert_eq!(label, pack, "{fault:?}: {:?}", reading.text);
                    counts[0] += 1;
                }
                None => counts[1] += 1,
            }
        }
    }
    println!("repaired, refused: {told:?}");
    let repaired = |fault: Fault| told[fault.code()][0];
    assert_eq!(repaired(Fault::CapsLock), 500);
    assert_eq!(repaired(Fault::SeparatorsReplaced), 500);
    assert_eq!(repaired(Fault::Framed), 500);
    assert_eq!(repaired(Fault::Repeated), 500);
    assert_eq!(repaired(Fault::BrokenOff), 0);
    assert_eq!(repaired(Fault::Doubled), 0);
    assert!(repaired(Fault::Keyboard) > 250 && repaired(Fault::SeparatorsLost) > 250);
}

#[test]
fn a_clean_scan_is_read_as_it_is() {
    let mut random = Random::new(6, 6);
    for pack in packs(200) {
        let reading = Reading::of(&pack, &mut random, "0".parse().unwrap());
        assert_eq!(PackLabel::parse(&reading.text), Ok(pack));
        assert_eq!(reading.fault, None);
    }
}
