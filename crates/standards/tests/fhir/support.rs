//! What the tests share: an order that can be honoured, and published resources read in place.

use serde_json::{Value, json};
use std::path::PathBuf;
use theriac_standards::fhir::{Fault, FhirError, MedicationRequest, read_request};

/// The folder of published resources, or `None` where it is absent.
pub(crate) fn published(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhir");
    if root.is_dir() {
        return Some(root);
    }
    if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
        panic!("{test}: ../shared/data/fhir is absent");
    }
    println!("SKIPPED {test}: ../shared/data is absent");
    None
}

/// A published resource.
pub(crate) fn example(test: &str, file: &str) -> Option<Value> {
    let text = std::fs::read(published(test)?.join(file)).expect("readable");
    Some(serde_json::from_slice(&text).expect("JSON"))
}

/// An order of 30 tablets, three times.
pub(crate) fn order() -> Value {
    json!({
        "resourceType": "MedicationRequest", "id": "rx-7", "status": "active", "intent": "order",
        "identifier": [{ "system": "https://clinic.example/prescriptions", "value": "7" }],
        "medicationCodeableConcept": {
            "coding": [{ "system": "https://www.gs1.org/gtin", "code": "04012345123456", "display": "Examplin 5 mg" }],
        },
        "subject": { "reference": "Patient/p1" }, "requester": { "reference": "Practitioner/d1" },
        "authoredOn": "2026-11-23",
        "dispenseRequest": {
            "quantity": { "value": 30, "unit": "tablet" }, "numberOfRepeatsAllowed": 2,
            "validityPeriod": { "start": "2026-11-23", "end": "2027-05-22" },
        },
    })
}

/// The order with another value at a JSON pointer; null takes it away.
pub(crate) fn with(pointer: &str, value: Value) -> Value {
    let mut order = order();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = order.pointer_mut(parent).expect("its parent is there");
    let parent = parent.as_object_mut().expect("an object");
    match value {
        Value::Null => parent.remove(name),
        value => parent.insert(name.to_owned(), value),
    };
    order
}

pub(crate) fn read(value: &Value) -> Result<MedicationRequest, FhirError> {
    read_request(value.to_string().as_bytes())
}

/// Path and fault of an error in a resource.
#[track_caller]
pub(crate) fn place<T: std::fmt::Debug>(outcome: Result<T, FhirError>) -> (String, Fault) {
    match outcome {
        Err(FhirError::At { path, fault }) => (path, fault),
        other => panic!("expected a fault in the resource, got {other:?}"),
    }
}
