//! What was handed out, as `MedicationDispense`.

use crate::support::{order, read, with};
use serde_json::{Value, json};
use theriac_standards::{
    epcis::time::Instant,
    fhir::{Concept, HandedOver, ndc, write_dispense},
    gs1::{key::Gtin, pack_label::PackLabel},
};

const FIRST: &str = "(01)04012345123456(17)271100(10)L7(21)A/1";
const SECOND: &str = "(01)04012345123456(17)271130(10)L8(21)A2";

fn written(request: &Value, was_substituted: bool) -> Value {
    let packs = [FIRST, SECOND].map(|scan| PackLabel::parse(scan).unwrap());
    let handed = HandedOver {
        amount: 28,
        at: Instant::parse("2026-11-24T09:30:00Z").unwrap(),
        packs: &packs,
        performer: "did:pkh:eip155:8421:0x0000000000000000000000000000000000000001",
        place: "https://id.gs1.org/414/4012345000023",
        was_substituted,
    };
    let text = write_dispense(&read(request).unwrap(), &handed);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_dispensing_names_the_order_the_amount_the_time_and_each_pack() {
    let dispense = written(&order(), false);
    assert_eq!(dispense["resourceType"], "MedicationDispense");
    assert_eq!(dispense["status"], "completed");
    assert_eq!(
        dispense["quantity"],
        json!({ "value": 28, "unit": "tablet" })
    );
    assert_eq!(dispense["whenHandedOver"], "2026-11-24T09:30:00.000Z");
    assert_eq!(dispense["subject"], order()["subject"]);
    assert_eq!(
        dispense["medicationCodeableConcept"],
        order()["medicationCodeableConcept"]
    );
    let prescription =
        json!([{ "reference": "MedicationRequest/rx-7", "identifier": order()["identifier"][0] }]);
    assert_eq!(dispense["authorizingPrescription"], prescription);
    assert_eq!(
        dispense["supportingInformation"],
        json!([{ "reference": "#pack-1" }, { "reference": "#pack-2" }])
    );
    let batches: Vec<_> = (0..2)
        .map(|place| &dispense["contained"][place]["batch"])
        .collect();
    assert_eq!(
        batches[0],
        &json!({ "lotNumber": "L7", "expirationDate": "2027-11" })
    );
    assert_eq!(
        batches[1],
        &json!({ "lotNumber": "L8", "expirationDate": "2027-11-30" })
    );
}

#[test]
fn the_packs_of_a_dispensing_are_read_back_from_it() {
    let dispense = written(&order(), false);
    let links = dispense["contained"].as_array().unwrap().iter();
    let links = links.map(|pack| pack["identifier"][0]["value"].as_str().unwrap());
    let read: Vec<_> = links.map(|link| PackLabel::parse(link).unwrap()).collect();
    assert_eq!(
        read,
        [FIRST, SECOND].map(|scan| PackLabel::parse(scan).unwrap())
    );
}

#[test]
fn another_product_is_named_in_place_of_the_ordered_one() {
    let dispense = written(&order(), true);
    assert_eq!(dispense["substitution"], json!({ "wasSubstituted": true }));
    let coding = json!([{ "system": "https://www.gs1.org/gtin", "code": "04012345123456" }]);
    assert_eq!(dispense["medicationCodeableConcept"]["coding"], coding);
    let mut nameless = with("/id", Value::Null);
    nameless.as_object_mut().unwrap().remove("identifier");
    assert!(written(&nameless, false)["authorizingPrescription"][0]["display"].is_string());
}

#[test]
fn a_code_names_a_product_where_its_system_has_products() {
    let concept = |system: &str, code: &str| -> Concept {
        let coding = json!({ "coding": [{ "system": system, "code": code }] });
        read(&with("/medicationCodeableConcept", coding))
            .unwrap()
            .medication
    };
    // 0069-2587-10, whose GTIN has 03 before it and a check digit after it.
    let gtin = Gtin::parse("00300692587101").unwrap();
    assert_eq!(ndc(&gtin), Some("0069258710"));
    let system = "http://hl7.org/fhir/sid/ndc";
    for code in ["0069-2587-10", "0069258710", "00069-2587-10", "00069258710"] {
        assert_eq!(concept(system, code).names(&gtin), Some(true), "{code}");
    }
    for code in ["0069-2587-11", "0069-2587", "x"] {
        assert_eq!(concept(system, code).names(&gtin), Some(false), "{code}");
    }
    assert_eq!(
        concept("https://www.gs1.org/gtin", "300692587101").names(&gtin),
        Some(true)
    );
    assert_eq!(
        concept("http://snomed.info/sct", "430127000").names(&gtin),
        None
    );
    assert_eq!(ndc(&Gtin::parse("04012345123456").unwrap()), None);
}
