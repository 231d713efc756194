//! Orders as they are read: contained, bundled and published ones.

use crate::support::{example, order, place, published, read, with};
use serde_json::{Value, json};
use theriac_standards::fhir::{Coding, Fault};

fn oxycodone() -> Coding {
    Coding {
        system: Some("http://snomed.info/sct".to_owned()),
        code: Some("430127000".to_owned()),
        display: Some("Oral Form Oxycodone (product)".to_owned()),
    }
}

#[test]
fn the_published_order_is_read_with_its_contained_medication() {
    let Some(example) = example("published order", "r4-examples/medicationrequest0301.json") else {
        return;
    };
    let request = read(&example).unwrap();
    assert_eq!(request.medication.codings, [oxycodone()]);
    assert_eq!(request.subject.reference.as_deref(), Some("Patient/pat1"));
    let requester = request.requester.unwrap();
    assert_eq!(requester.reference.as_deref(), Some("Practitioner/f007"));
    assert_eq!(request.identifiers[0].value, "12345689");
    assert_eq!(
        (request.status.as_str(), request.substitution_allowed),
        ("completed", Some(true))
    );
    let supply = request.dispense.unwrap();
    let quantity = supply.quantity.unwrap();
    assert_eq!(
        (quantity.value, quantity.code.as_deref()),
        (30, Some("TAB"))
    );
    assert_eq!(supply.repeats, 0);
    let validity = supply.validity.unwrap();
    assert_eq!(validity.end.unwrap().as_str(), "2016-01-15");
}

#[test]
fn a_medication_is_found_in_the_bundle_by_url_and_by_type_and_id() {
    for reference in ["urn:uuid:5f3a", "Medication/m1"] {
        let mut request = with("/medicationCodeableConcept", Value::Null);
        request["medicationReference"] = json!({ "reference": reference });
        let medication = json!({ "resourceType": "Medication", "id": "m1", "code": order()["medicationCodeableConcept"] });
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [
            { "resource": request }, { "fullUrl": "urn:uuid:5f3a", "resource": medication },
        ] });
        assert_eq!(
            read(&bundle).unwrap().medication,
            read(&order()).unwrap().medication
        );
        let alone = json!({ "resourceType": "Bundle", "entry": [{ "resource": request }] });
        let path = "Bundle.entry[0].resource.medicationReference.reference".to_owned();
        assert_eq!(place(read(&alone)), (path, Fault::Unresolved));
    }
}

#[test]
fn a_bundle_holds_one_order() {
    let none = json!({ "resourceType": "Bundle", "entry": [] });
    assert_eq!(place(read(&none)).0, "Bundle.entry");
    let entry = json!({ "resource": order() });
    let two = json!({ "resourceType": "Bundle", "entry": [entry, entry] });
    let (path, fault) = place(read(&two));
    assert_eq!(path, "Bundle.entry[1].resource");
    assert_eq!(fault, Fault::NotHonoured("one order at a time"));
}

#[test]
fn orders_of_published_records_are_read() {
    let Some(root) = published("published records") else {
        return;
    };
    let mut count = 0;
    for file in std::fs::read_dir(root.join("synthea")).expect("the folder is there") {
        let text = std::fs::read(file.expect("readable").path()).expect("readable");
        let record: Value = serde_json::from_slice(&text).expect("JSON");
        let entries = record["entry"].as_array().expect("entries");
        let requests = entries
            .iter()
            .filter(|entry| entry["resource"]["resourceType"] == "MedicationRequest");
        for entry in requests {
            let request = read(&entry["resource"]).unwrap();
            let code = &entry["resource"]["medicationCodeableConcept"]["coding"][0]["code"];
            assert_eq!(request.medication.codings[0].code.as_deref(), code.as_str());
            assert!(request.authored_on.is_some() && request.requester.is_some());
            // None of them says how much is to be supplied.
            assert!(place(request.order()).0.starts_with("MedicationRequest."));
            count += 1;
        }
    }
    assert_eq!(count, 98);
}

#[test]
fn what_would_change_the_order_and_is_not_understood_is_refused_at_its_place() {
    let extension = json!([{ "url": "https://example.org/not-really" }]);
    let dosage = json!([{ "modifierExtension": extension }]);
    let cases = [
        ("/modifierExtension", extension.clone(), "modifierExtension"),
        (
            "/implicitRules",
            json!("https://example.org/rules"),
            "implicitRules",
        ),
        (
            "/dispenseRequest/modifierExtension",
            extension.clone(),
            "dispenseRequest.modifierExtension",
        ),
        (
            "/dispenseRequest/initialFill",
            json!({}),
            "dispenseRequest.initialFill",
        ),
        (
            "/dispenseRequest/dispenseInterval",
            json!({ "value": 7 }),
            "dispenseRequest.dispenseInterval",
        ),
        (
            "/dispenseRequest/quantity/comparator",
            json!("<"),
            "dispenseRequest.quantity.comparator",
        ),
        (
            "/substitution",
            json!({ "modifierExtension": extension }),
            "substitution.modifierExtension",
        ),
        (
            "/dosageInstruction",
            dosage,
            "dosageInstruction[0].modifierExtension",
        ),
    ];
    for (pointer, value, path) in cases {
        let (at, fault) = place(read(&with(pointer, value)));
        assert_eq!(at, format!("MedicationRequest.{path}"));
        assert!(matches!(fault, Fault::NotHonoured(_)), "{path}: {fault}");
    }
}

#[test]
fn each_fault_of_form_has_its_place() {
    let missing = Fault::Missing;
    let cases = [
        ("/status", Value::Null, "status", missing),
        ("/intent", Value::Null, "intent", missing),
        ("/subject", Value::Null, "subject", missing),
        (
            "/medicationCodeableConcept",
            Value::Null,
            "medication",
            missing,
        ),
        (
            "/medicationCodeableConcept/coding",
            Value::Null,
            "medicationCodeableConcept.coding",
            missing,
        ),
        (
            "/medicationReference",
            json!({ "reference": "#m" }),
            "medicationReference",
            Fault::Ambiguous,
        ),
        ("/status", json!(7), "status", Fault::Expected("a text")),
        (
            "/subject",
            json!("Jane"),
            "subject",
            Fault::Expected("an object"),
        ),
        (
            "/doNotPerform",
            json!("no"),
            "doNotPerform",
            Fault::Expected("true or false"),
        ),
        (
            "/authoredOn",
            json!("23.11.2026"),
            "authoredOn",
            Fault::Expected("a date, or a time with its zone"),
        ),
        (
            "/identifier",
            json!({}),
            "identifier",
            Fault::Expected("a list"),
        ),
        (
            "/dispenseRequest/numberOfRepeatsAllowed",
            json!(-1),
            "dispenseRequest.numberOfRepeatsAllowed",
            Fault::Expected("a whole number"),
        ),
    ];
    for (pointer, value, path, fault) in cases {
        let expected = (format!("MedicationRequest.{path}"), fault);
        assert_eq!(place(read(&with(pointer, value))), expected);
    }
    for wrong in [json!(0), json!(-3), json!(2.5), json!("30"), json!(1e300)] {
        let (path, _) = place(read(&with("/dispenseRequest/quantity/value", wrong)));
        assert_eq!(path, "MedicationRequest.dispenseRequest.quantity.value");
    }
    let whole = read(&with("/dispenseRequest/quantity/value", json!(30.0))).unwrap();
    assert_eq!(whole, read(&order()).unwrap());
}

#[test]
fn a_contained_medication_must_be_one_that_stands() {
    let with_medication = |medication: Value| {
        let mut request = with("/medicationCodeableConcept", Value::Null);
        request["contained"] = json!([medication]);
        request["medicationReference"] = json!({ "reference": "#m" });
        request
    };
    let code = order()["medicationCodeableConcept"].clone();
    let good = json!({ "resourceType": "Medication", "id": "m", "code": code });
    assert_eq!(
        read(&with_medication(good)).unwrap().medication,
        read(&order()).unwrap().medication
    );
    let cases = [
        (
            json!({ "resourceType": "Substance", "id": "m" }),
            "contained[0]",
        ),
        (
            json!({ "resourceType": "Medication", "id": "m" }),
            "contained[0].code",
        ),
        (
            json!({ "resourceType": "Medication", "id": "m", "status": "entered-in-error", "code": code }),
            "contained[0].status",
        ),
        (
            json!({ "resourceType": "Medication", "id": "other" }),
            "medicationReference.reference",
        ),
    ];
    for (medication, path) in cases {
        let (at, _) = place(read(&with_medication(medication)));
        assert_eq!(at, format!("MedicationRequest.{path}"));
    }
}
