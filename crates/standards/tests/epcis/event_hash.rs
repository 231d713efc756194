//! The event hash against the published examples.

use crate::support::{files, lines, name, published, read};
use std::path::Path;
use theriac_standards::epcis::{
    hash::{EventHash, pre_hash_without},
    model::{Document, Element, Extension, Name, Value},
};

/// The namespace in which the published examples name the fields that their repository added.
const REPOSITORY: &str = "https://repository-x.example.com/";

/// What a document says that its repository added to events: names as written in JSON, elements in XML.
fn left_out(document: &Document) -> Vec<Name> {
    let query = document.envelope.query.iter();
    let extensions = query.flat_map(|query| &query.extensions);
    let extensions = document.envelope.extensions.iter().chain(extensions);
    let named = extensions.filter(|extension| {
        let namespace = extension.name.namespace.as_deref();
        extension.name.local == "ignoreFields" && namespace == Some(REPOSITORY)
    });
    named
        .flat_map(|extension| names(document, extension))
        .collect()
}

fn names(document: &Document, extension: &Extension) -> Vec<Name> {
    match &extension.value {
        Value::List(values) => {
            let texts = values.iter().map(|value| match value {
                Value::Text(text) => Name::read(text, &document.envelope.prefixes),
                other => panic!("{other:?}"),
            });
            texts.collect()
        }
        Value::Element(Element { fields, .. }) => {
            fields.iter().map(|field| field.name.clone()).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn pre_hashes(file: &Path) -> Vec<String> {
    let document = read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let left_out = left_out(&document);
    let leave_out = |name: &Name| {
        left_out
            .iter()
            .any(|other| other.local == name.local && other.namespace == name.namespace)
    };
    let events = document.events.iter();
    events
        .map(|event| pre_hash_without(event, leave_out))
        .collect()
}

#[test]
fn every_published_pre_hash_and_hash_is_reproduced() {
    let Some(root) = published("published event hashes") else {
        return;
    };
    let mut wrong = Vec::new();
    let mut counts = (0, 0);
    for file in files(&root.join("event-hash/examples"), &["jsonld", "xml"]) {
        let texts = pre_hashes(&file);
        let expected = file.with_extension("prehashes");
        if expected.exists() {
            let expected = lines(&expected);
            assert_eq!(texts.len(), expected.len(), "{}", name(&root, &file));
            counts.0 += expected.len();
            for (at, (text, expected)) in texts.iter().zip(&expected).enumerate() {
                if text != expected {
                    wrong.push(format!(
                        "{} event {at}\n got      {text}\n expected {expected}",
                        name(&root, &file)
                    ));
                }
            }
        }
        let expected = lines(&file.with_extension("hashes"));
        let hashes: Vec<_> = texts
            .iter()
            .map(|text| EventHash::of(text).to_string())
            .collect();
        counts.1 += expected.len();
        if hashes != expected {
            wrong.push(format!("{}: {texts:#?}", name(&root, &file)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} pre-hashes and {} hashes", counts.0, counts.1);
    assert!(counts.0 > 50 && counts.1 > 50, "{counts:?}");
}

#[test]
fn events_that_say_the_same_hash_alike() {
    let Some(root) = published("events that hash alike") else {
        return;
    };
    for file in files(&root.join("event-hash/expected_equal"), &["json", "xml"]) {
        let mut texts = pre_hashes(&file);
        assert!(texts.len() > 1, "{}", name(&root, &file));
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), 1, "{}: {texts:#?}", name(&root, &file));
    }
}
