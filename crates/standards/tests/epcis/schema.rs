//! What is printed as JSON-LD, against the published JSON schema.

use crate::support::{files, is_xml, name, published, read};
use std::path::Path;
use theriac_standards::epcis::{
    convert::{envelope_for_json, event_for_json},
    json,
    model::Document,
};

const MOLAR: &str = "Molar_concentration is no type of measurement of CBV 2.0";
const DOSE: &str = "EffectiveDoseRate is no type of measurement of CBV 2.0";
const NAMELESS: &str =
    "the XML has no queryName, which the schema of JSON demands and that of XML does not";

/// Documents that the schema refuses, and why.
const REFUSED: [(&str, &str); 12] = [
    (
        "1.2/EPCIS/XML/Capture/Documents/ObjectEvent_all_possible_fields.xml",
        "its certificationInfo is no URI",
    ),
    (
        "2.0/EPCIS/JSON/Capture/Documents/SensorData_with_combined_events.json",
        MOLAR,
    ),
    (
        "2.0/EPCIS/JSON/Capture/Documents/TransactionEvent_with_userExtensions.json",
        DOSE,
    ),
    (
        "2.0/EPCIS/JSON/Query/SensorData_with_combined_events.json",
        MOLAR,
    ),
    (
        "2.0/EPCIS/JSON/Query/TransactionEvent_with_userExtensions.json",
        DOSE,
    ),
    (
        "2.0/EPCIS/XML/Capture/Documents/SensorData_with_combined_events.xml",
        "reports with an exception and no type, which the schema of JSON demands and that of XML does not",
    ),
    (
        "2.0/EPCIS/XML/Capture/Documents/epcisDocWithAllGS1Keys.xml",
        "an epc stands twice in its list, which the schema of JSON forbids and that of XML does not",
    ),
    (
        "2.0/EPCIS/XML/Query/Combination_of_different_event.xml",
        NAMELESS,
    ),
    ("2.0/EPCIS/XML/Query/CurieString_document.xml", NAMELESS),
    (
        "2.0/EPCIS/XML/Query/SensorData_with_combined_events.xml",
        NAMELESS,
    ),
    (
        "2.0/EPCIS/XML/Query/TransactionEvent_with_userExtensions.xml",
        NAMELESS,
    ),
    (
        "2.0/EPCIS/XML/Query/TransformationEvent_with_error_declaration.xml",
        NAMELESS,
    ),
];

fn printed(file: &Path) -> String {
    let document = read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let document = if is_xml(file) {
        for_json(document)
    } else {
        document
    };
    json::write_document(&document)
}

fn for_json(mut document: Document) -> Document {
    envelope_for_json(&mut document.envelope);
    for event in &mut document.events {
        event_for_json(event, &document.envelope);
    }
    document
}

#[test]
fn what_is_printed_keeps_the_published_schema() {
    let Some(root) = published("the EPCIS JSON schema") else {
        return;
    };
    let schema = std::fs::read_to_string(root.join("schema/epcis-json-schema.json"));
    let schema = serde_json::from_str(&schema.expect("readable")).expect("JSON");
    let schema = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft7)
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    let resources = root.join("openepcis-test-resources");
    let mut refused = Vec::new();
    let mut count = 0;
    for file in files(&resources, &["json", "xml"]) {
        let name = name(&resources, &file);
        if name.contains("/Invalid/") || name.contains("/Queries/") {
            continue;
        }
        count += 1;
        let value = serde_json::from_str(&printed(&file)).expect("JSON");
        if !schema.is_valid(&value) {
            refused.push(name);
        }
    }
    println!("{count} printed documents");
    let listed: Vec<_> = REFUSED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(refused, listed);
    assert!(count >= 80, "{count}");
}
