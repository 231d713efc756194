//! Every published document is read and printed without loss.

use crate::{
    canonical::{Comparison, json_value, xml_canonical},
    support::{files, is_xml, name, published, read},
};
use std::path::{Path, PathBuf};
use theriac_standards::epcis::{
    Limits, json,
    model::{Document, DocumentKind},
    xml::{self, Edition},
};

/// Folders whose documents are valid, and endings of their files.
const JSON_FOLDERS: [&str; 6] = [
    "openepcis-test-resources/2.0/EPCIS/JSON/Capture/Documents",
    "openepcis-test-resources/2.0/EPCIS/JSON/Capture/Events",
    "openepcis-converter",
    "event-hash/examples",
    "event-hash/expected_equal",
    "event-sentry/examples/epcis-events",
];

/// XML documents that are not printed as they were, and why.
const RESHAPED: [(&str, &str); 3] = [
    (
        "event-hash/examples/SensorDataExamples.xml",
        "its TransformationEvent has ilmd before sensorElementList; printed in the order of the schema",
    ),
    (
        "event-hash/examples/epcisQueryDocument.xml",
        "its subscriptionID stands before queryName; printed in the order of the schema",
    ),
    (
        "event-hash/examples/epcisXmlQueryDocHavingEventWithIgnoreFields.xml",
        "it has no EPCISBody and QueryResults, and wraps a field of 2.0 in an extension of 1.2",
    ),
];

pub(crate) fn json_documents(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = JSON_FOLDERS
        .iter()
        .flat_map(|folder| files(&root.join(folder), &["json", "jsonld", "xml"]))
        .filter(|file| !is_xml(file))
        .collect();
    let queries = root.join("openepcis-test-resources/2.0/EPCIS/JSON/Query");
    let queries = files(&queries, &["json"]);
    found.extend(queries.into_iter().filter(|file| {
        file.parent()
            .is_some_and(|folder| folder.ends_with("Query"))
    }));
    found
}

pub(crate) fn xml_documents(root: &Path) -> Vec<PathBuf> {
    let folders = [
        "openepcis-test-resources/1.2",
        "openepcis-test-resources/2.0/EPCIS/XML",
        "openepcis-converter",
        "openepcis-validation/xml",
        "event-hash",
        "fastnt/Capture",
    ];
    let found = folders
        .iter()
        .flat_map(|folder| files(&root.join(folder), &["xml"]));
    let is_query = |file: &Path| {
        let text = std::fs::read_to_string(file).expect("readable");
        text.contains(":Poll>")
    };
    found
        .filter(|file| !file.components().any(|part| part.as_os_str() == "Invalid"))
        .filter(|file| !is_query(file))
        .collect()
}

fn document(file: &Path) -> Document {
    read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn every_published_json_document_prints_as_the_same_values() {
    let Some(root) = published("JSON documents round trip") else {
        return;
    };
    let documents = json_documents(&root);
    for file in &documents {
        let text = std::fs::read_to_string(file).expect("readable");
        let printed = json::write_document(&document(file));
        assert_eq!(
            json_value(&printed),
            json_value(&text),
            "{}",
            name(&root, file)
        );
        let again = json::read_document(printed.as_bytes(), &Limits::default()).expect("printed");
        assert_eq!(
            json::write_document(&again),
            printed,
            "{}",
            name(&root, file)
        );
    }
    println!("{} JSON documents", documents.len());
    assert!(documents.len() >= 50, "{}", documents.len());
}

#[test]
fn every_published_xml_document_prints_as_the_same_elements() {
    let Some(root) = published("XML documents round trip") else {
        return;
    };
    let documents = xml_documents(&root);
    let mut reshaped = Vec::new();
    for file in &documents {
        let text = std::fs::read_to_string(file).expect("readable");
        let (edition, comparison) = match text.contains("urn:epcglobal:epcis:xsd:1")
            || file.components().any(|part| part.as_os_str() == "1.2")
        {
            true => (Edition::One, Comparison::Unwrapped),
            false => (Edition::Two, Comparison::Exact),
        };
        let document = document(file);
        let mut expected = xml_canonical(&text, comparison, file);
        if document.envelope.kind == DocumentKind::Event {
            expected = without_root_attributes(&expected);
        }
        for edition in [edition, Edition::Two] {
            let printed = xml::write_document(&document, edition).expect("XML can hold it");
            let canonical = xml_canonical(&printed, comparison, file);
            if canonical != expected {
                let name = name(&root, file);
                if !RESHAPED.iter().any(|(reshaped, _)| *reshaped == name) {
                    panic!("{name}: {}", difference(&expected, &canonical));
                }
                reshaped.push(name);
            }
            let again =
                xml::read_document(printed.as_bytes(), &Limits::default()).expect("printed");
            let twice = xml::write_document(&again, edition).expect("XML can hold it");
            assert_eq!(twice, printed, "{}", name(&root, file));
        }
    }
    reshaped.dedup();
    let listed: Vec<_> = RESHAPED
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(reshaped, listed);
    println!("{} XML documents", documents.len());
    assert!(documents.len() >= 70, "{}", documents.len());
}

/// An event that stands alone carries the version and date of a document in some files; an event has no place for them.
fn without_root_attributes(canonical: &str) -> String {
    let (first, rest) = canonical.split_once('\n').expect("a root");
    let name = first.split(' ').next().expect("a name");
    format!("{name}\n{rest}")
}

fn difference(expected: &str, got: &str) -> String {
    let pairs = expected.lines().zip(got.lines());
    match pairs.clone().find(|(expected, got)| expected != got) {
        Some((expected, got)) => format!("expected\n{expected}\ngot\n{got}"),
        None => format!(
            "expected {} lines, got {}",
            expected.lines().count(),
            got.lines().count()
        ),
    }
}

/// Documents of the first edition that are not printed with the wrappers they had, and why.
const REWRAPPED: [(&str, &str); 3] = [
    (
        "EPCIS/XML/Capture/Documents/Jumbled_attributes_order.xml",
        "its elements are out of order; printed in the order of the schema",
    ),
    (
        "EPCIS/XML/Capture/Documents/ObjectEvent_all_possible_fields.xml",
        "certificationInfo, which 1.2 does not have, stands beside the wrapper; printed inside it",
    ),
    (
        "EPCIS/XML/Capture/Documents/Single_event_with_namespace.xml",
        "an event alone with the version and date of a document; an event has no place for them",
    ),
];

#[test]
fn documents_of_the_first_edition_keep_their_wrappers() {
    let Some(root) = published("wrappers of EPCIS 1.2") else {
        return;
    };
    let folder = root.join("openepcis-test-resources/1.2");
    let mut rewrapped = Vec::new();
    let documents = files(&folder, &["xml"]);
    for file in &documents {
        let text = std::fs::read_to_string(file).expect("readable");
        let printed = xml::write_document(&document(file), Edition::One).expect("XML can hold it");
        let expected = xml_canonical(&text, Comparison::Exact, file);
        let got = xml_canonical(&printed, Comparison::Exact, file);
        if got != expected {
            rewrapped.push(name(&folder, file));
        }
    }
    let listed: Vec<_> = REWRAPPED
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(rewrapped, listed);
    assert!(documents.len() >= 15, "{}", documents.len());
}
