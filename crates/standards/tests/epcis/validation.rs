//! Valid documents are accepted and invalid ones refused, with the place.

use crate::support::{files, is_xml, name, published};
use std::path::{Path, PathBuf};
use theriac_standards::epcis::{
    Limits,
    validate::{Report, Severity, check_json, check_xml},
};

/// A document among the valid ones that is refused, and why.
const NOT_VALID: [(&str, &str); 1] = [(
    "openepcis-test-resources/2.0/EPCIS/XML/Query/TransformationEvent_with_error_declaration.xml",
    "its declarationTime 2020-01-14T23:00Z has no seconds, which XML Schema's dateTime demands",
)];

/// Invalid documents, how many faults each has, and the first of them.
const INVALID: [(&str, u64, &str); 17] = [
    (
        "JSON/Capture/Invalid/Combination_of_events_with_missing_mandatory_fields.json",
        3,
        "/epcisBody/eventList/0/action: required and absent",
    ),
    (
        "JSON/Capture/Invalid/Combination_of_multiple_invalid_fields.json",
        5,
        "/epcisBody/eventList/0/bizStep: no term of the vocabulary, and no URI of another: transforming",
    ),
    (
        "JSON/Capture/Invalid/EPCISDocument_without_context.json",
        1,
        "/@context: required and absent",
    ),
    (
        "JSON/Capture/Invalid/ObjectEvent_with_invalid_action.json",
        1,
        "/epcisBody/eventList/0/action: CREATE is no action",
    ),
    (
        "JSON/Capture/Invalid/ObjectEvent_with_invalid_certificationInfo.json",
        1,
        "/epcisBody/eventList/0/certificationInfo/0: got an object, expected a text",
    ),
    (
        "JSON/Capture/Invalid/ObjectEvent_with_non_standard_bizStep.json",
        1,
        "/epcisBody/eventList/0/bizStep: no term of the vocabulary, and no URI of another: transforming",
    ),
    (
        "JSON/Capture/Invalid/ObjectEvent_with_non_standard_disposition.json",
        1,
        "/epcisBody/eventList/0/disposition: no term of the vocabulary, and no URI of another: in_transport",
    ),
    (
        "JSON/Capture/Invalid/ObjectEvent_with_quantity_as_text.json",
        1,
        "/epcisBody/eventList/0/quantityList/0/quantity: got a text, expected a number",
    ),
    (
        "JSON/Capture/Invalid/ObjectEvent_with_unknown_field_in_quantityList.json",
        1,
        "/epcisBody/eventList/0/quantityList/0/weight: weight does not belong there",
    ),
    (
        "JSON/Capture/Invalid/ObjectEvent_without_identifier_list.json",
        1,
        "/epcisBody/eventList/0: the event needs a list of things, or sensor data with a read point",
    ),
    (
        "JSON/Query/Invalid/QueryDocument_with_invalid_eventType.json",
        1,
        "/epcisBody/queryResults/resultsBody/eventList/0/type: ObjectEventInvalid is no type of event",
    ),
    (
        "XML/Capture/Invalid/ObjectEvent_bare_event_without_action.xml",
        1,
        "line 1, /action: required and absent",
    ),
    (
        "XML/Capture/Invalid/ObjectEvent_with_invalid_action.xml",
        1,
        "line 12, /action: CREATE is no action",
    ),
    (
        "XML/Capture/Invalid/ObjectEvent_with_near_miss_action.xml",
        1,
        "line 13, /action: OBSERV is no action",
    ),
    (
        "XML/Capture/Invalid/ObjectEvent_with_wrong_element_order.xml",
        1,
        "line 8, /eventTime: not in the order of the schema: eventTime",
    ),
    (
        "XML/Capture/Invalid/ObjectEvent_without_eventTime.xml",
        1,
        "line 6, /eventTime: required and absent",
    ),
    (
        "XML/Query/Invalid/QueryDocument_with_invalid_eventType.xml",
        1,
        "line 8, : ObjectEventInvalid is no type of event",
    ),
];

fn check(file: &Path) -> Report {
    let bytes = std::fs::read(file).expect("readable");
    let checked = match is_xml(file) {
        true => check_xml(&bytes[..], Limits::default()).map_err(|error| error.to_string()),
        false => check_json(&bytes[..], Limits::default()).map_err(|error| error.to_string()),
    };
    checked.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn documents(root: &Path) -> Vec<(String, PathBuf)> {
    let found = files(&root.join("openepcis-test-resources"), &["json", "xml"]);
    let named = found.into_iter().map(|file| (name(root, &file), file));
    // Queries, of which two lie among the invalid documents, are tested as queries.
    named
        .filter(|(name, _)| !name.contains("/Queries/") && !name.ends_with("_missing_value.xml"))
        .collect()
}

#[test]
fn every_valid_published_document_is_accepted() {
    let Some(root) = published("valid documents") else {
        return;
    };
    let valid = documents(&root).into_iter();
    let valid: Vec<_> = valid
        .filter(|(name, _)| !name.contains("/Invalid/"))
        .collect();
    let mut refused = Vec::new();
    for (name, file) in &valid {
        let report = check(file);
        assert!(report.events > 0, "{name}");
        if !report.is_accepted() {
            refused.push((name.as_str(), report.problems));
        }
    }
    let names: Vec<_> = refused.iter().map(|(name, _)| *name).collect();
    let listed: Vec<_> = NOT_VALID.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, listed, "{refused:#?}");
    println!("{} valid documents", valid.len());
    assert!(valid.len() >= 80, "{}", valid.len());
}

#[test]
fn every_invalid_published_document_is_refused_with_the_place() {
    let Some(root) = published("invalid documents") else {
        return;
    };
    let below = "openepcis-test-resources/2.0/EPCIS/";
    let invalid = documents(&root).into_iter();
    let invalid: Vec<_> = invalid
        .filter(|(name, _)| name.contains("/Invalid/"))
        .collect();
    let names: Vec<_> = invalid
        .iter()
        .map(|(name, _)| name.strip_prefix(below).expect("2.0"))
        .collect();
    let listed: Vec<_> = INVALID.iter().map(|(name, _, _)| *name).collect();
    assert_eq!(names, listed);
    for ((_, file), (name, faults, first)) in invalid.iter().zip(INVALID) {
        let report = check(file);
        assert_eq!(report.faults, faults, "{name}: {:#?}", report.problems);
        let mut found = report.problems.iter();
        let found = found.find(|problem| problem.severity == Severity::Fault);
        let found = found.map(ToString::to_string);
        assert_eq!(found.as_deref(), Some(first), "{name}");
    }
}
