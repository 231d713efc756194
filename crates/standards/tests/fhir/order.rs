//! What a prescription on the ledger can hold of an order, and what it cannot.

use crate::support::{example, order, place, read, with};
use serde_json::{Value, json};
use theriac_standards::fhir::{Fault, Order};

#[test]
fn an_order_is_held_as_amount_fills_and_window() {
    let held = read(&order()).unwrap().order().unwrap();
    let expected = Order {
        amount: 30,
        fills: 3,
        from: Some(1_795_392_000),
        until: 1_811_030_400,
    };
    assert_eq!(held, expected);
    let mut without = with("/dispenseRequest/validityPeriod/start", Value::Null);
    assert_eq!(read(&without).unwrap().order(), Ok(expected));
    without.as_object_mut().unwrap().remove("authoredOn");
    let held = read(&without).unwrap().order().unwrap();
    assert_eq!((held.from, held.until), (None, expected.until));
}

#[test]
fn the_published_order_is_held_once_it_is_active() {
    let Some(mut example) = example("published order", "r4-examples/medicationrequest0301.json")
    else {
        return;
    };
    let refused = place(read(&example).unwrap().order());
    let path = "MedicationRequest.status".to_owned();
    assert_eq!(refused, (path, Fault::NotHonoured("it is not active")));
    example["status"] = json!("active");
    let held = read(&example).unwrap().order().unwrap();
    assert_eq!((held.amount, held.fills), (30, 1));
    // 15 January 2015 to the end of 15 January 2016.
    assert_eq!(held.until - held.from.unwrap(), 366 * 86_400);
}

#[test]
fn orders_of_the_us_core_lack_an_end() {
    for name in ["coded", "contained"] {
        let file = format!("us-core-examples/medicationrequest-{name}-oral-axid.json");
        let Some(example) = example("orders of the US Core", &file) else {
            return;
        };
        let refused = place(read(&example).unwrap().order());
        let path = "MedicationRequest.dispenseRequest.validityPeriod".to_owned();
        assert_eq!(refused, (path, Fault::Missing));
    }
}

#[test]
fn what_the_ledger_cannot_hold_is_refused_at_its_place() {
    let period = |start: &str, end: &str| json!({ "start": start, "end": end });
    let cases = [
        ("/status", json!("on-hold"), "status"),
        ("/intent", json!("proposal"), "intent"),
        ("/doNotPerform", json!(true), "doNotPerform"),
        ("/dispenseRequest", Value::Null, "dispenseRequest"),
        (
            "/dispenseRequest/quantity",
            Value::Null,
            "dispenseRequest.quantity",
        ),
        (
            "/dispenseRequest/quantity/value",
            json!(10_001),
            "dispenseRequest.quantity.value",
        ),
        (
            "/dispenseRequest/numberOfRepeatsAllowed",
            json!(100),
            "dispenseRequest.numberOfRepeatsAllowed",
        ),
        (
            "/dispenseRequest/numberOfRepeatsAllowed",
            json!(u64::MAX),
            "dispenseRequest.numberOfRepeatsAllowed",
        ),
        (
            "/dispenseRequest/validityPeriod",
            Value::Null,
            "dispenseRequest.validityPeriod",
        ),
        (
            "/dispenseRequest/validityPeriod/end",
            Value::Null,
            "dispenseRequest.validityPeriod.end",
        ),
        (
            "/dispenseRequest/validityPeriod",
            period("2026-11-23", "2027-11-24"),
            "dispenseRequest.validityPeriod",
        ),
        (
            "/dispenseRequest/validityPeriod",
            period("2026-11-23", "2026-11-22"),
            "dispenseRequest.validityPeriod",
        ),
        (
            "/dispenseRequest/validityPeriod",
            period("1960-01-01", "1960-02-01"),
            "dispenseRequest.validityPeriod",
        ),
    ];
    for (pointer, value, path) in cases {
        let (at, _) = place(read(&with(pointer, value)).unwrap().order());
        assert_eq!(at, format!("MedicationRequest.{path}"));
    }
    for most in [json!(99), json!(0)] {
        let request = read(&with("/dispenseRequest/numberOfRepeatsAllowed", most)).unwrap();
        assert!(request.order().is_ok());
    }
}
