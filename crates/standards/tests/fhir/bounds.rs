//! Inputs without end, without form, and with two meanings.

use crate::support::{order, read};
use theriac_standards::fhir::{Fault, FhirError, MAX_BYTES, MAX_DEPTH, read_request};

#[test]
fn what_is_too_large_too_deep_or_no_json_is_refused() {
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(
        read_request(&large),
        Err(FhirError::TooLarge(MAX_BYTES + 1))
    );
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let deep = read_request(nested(MAX_DEPTH + 1).as_bytes());
    assert_eq!(deep, Err(FhirError::TooDeep { line: 1 }));
    let place = FhirError::At {
        path: "resourceType".to_owned(),
        fault: Fault::Missing,
    };
    assert_eq!(read_request(nested(MAX_DEPTH).as_bytes()), Err(place));
    for text in ["", "{", "{}{}", "[1,]", "\u{feff}{}", "{\"a\":nul}"] {
        let refused = read_request(text.as_bytes());
        assert!(
            matches!(refused, Err(FhirError::NotJson { .. })),
            "{text}: {refused:?}"
        );
    }
}

#[test]
fn a_member_that_stands_twice_is_refused() {
    let text = order().to_string();
    let twice = text.replacen(
        "\"status\":\"active\"",
        "\"status\":\"active\",\"status\":\"draft\"",
        1,
    );
    assert_ne!(text, twice);
    let refused = read_request(twice.as_bytes());
    assert!(
        matches!(refused, Err(FhirError::MemberTwice { .. })),
        "{refused:?}"
    );
}

#[test]
fn an_order_that_ends_early_is_refused_at_every_place() {
    let text = order().to_string();
    for end in 0..text.len() {
        assert!(read_request(&text.as_bytes()[..end]).is_err(), "{end}");
    }
    assert!(read(&order()).is_ok());
}

#[test]
fn no_error_tells_what_the_order_says() {
    let text = order().to_string().replace("\"active\"", "7");
    let error = read_request(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(error, "MedicationRequest.status: expected a text");
}
