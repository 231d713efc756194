//! Documents that change their syntax and come back, and identifiers that change their form.

use crate::{
    canonical::{Comparison, json_value, xml_canonical},
    support::{files, name, published, read},
};
use serde_json::{Map, Value};
use std::path::Path;
use theriac_standards::epcis::{
    Limits,
    convert::{
        IdentifierForm, TermForm, change_identifiers, change_terms, envelope_for_json,
        envelope_for_xml, event_for_json, event_for_xml, to_digital_link, to_epc_urn,
    },
    hash::canonical_identifier,
    json,
    model::{Document, Event},
    xml::{self, Edition},
};

pub(crate) fn for_json(mut document: Document) -> Document {
    envelope_for_json(&mut document.envelope);
    for event in &mut document.events {
        event_for_json(event, &document.envelope);
    }
    document
}

pub(crate) fn for_xml(mut document: Document, edition: Edition) -> Document {
    document.events.iter_mut().for_each(event_for_xml);
    envelope_for_xml(&mut document.envelope, edition);
    document
}

fn json_again(document: &Document) -> Document {
    let text = json::write_document(document);
    json::read_document(text.as_bytes(), &Limits::default())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn xml_again(document: &Document, edition: Edition) -> Document {
    let text = xml::write_document(document, edition).expect("XML can hold it");
    xml::read_document(text.as_bytes(), &Limits::default())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What XML can say of a JSON document: no context, no id of the document, one value and a list of one alike, scalars as text,
/// and a list without members not at all inside an extension.
fn said_in_both(value: &Value, in_extension: bool) -> Value {
    match value {
        Value::Object(members) => {
            let mut said = Map::new();
            for (name, member) in members {
                let inside = in_extension || name.contains(':') || name == "ilmd";
                if name != "@context" {
                    said.insert(name.clone(), said_in_both(member, inside));
                }
            }
            Value::Object(said)
        }
        Value::Array(items) if in_extension && items.len() == 1 => said_in_both(&items[0], true),
        Value::Array(items) => items
            .iter()
            .map(|item| said_in_both(item, in_extension))
            .collect(),
        Value::Number(number) if in_extension => Value::String(number.to_string()),
        Value::Bool(flag) if in_extension => Value::String(flag.to_string()),
        other => other.clone(),
    }
}

/// A printed document as values, without what XML has no place for, terms of the standard as bare words.
fn comparable(document: &Document) -> Value {
    let mut document = document.clone();
    for event in &mut document.events {
        event.for_each_term(|kind, term| *term = kind.to_bare(term).into_owned());
    }
    let mut value = said_in_both(&json_value(&json::write_document(&document)), false);
    if let Value::Object(members) = &mut value {
        members.remove("id");
    }
    value
}

/// JSON documents that do not come back the same through XML, and why.
const CHANGED: [(&str, &str); 0] = [];

#[test]
fn json_documents_survive_the_way_through_xml() {
    let Some(root) = published("JSON through XML") else {
        return;
    };
    let resources = root.join("openepcis-test-resources");
    let mut changed = Vec::new();
    let mut count = 0;
    for file in files(&resources.join("2.0/EPCIS/JSON"), &["json"]) {
        let name = name(&resources, &file);
        if name.contains("Invalid") || name.contains("Queries") {
            continue;
        }
        count += 1;
        let document = read(&file).expect("valid");
        for edition in [Edition::Two, Edition::One] {
            let there = xml_again(&for_xml(document.clone(), edition), edition);
            let back = json_again(&for_json(there));
            let (expected, got) = (comparable(&document), comparable(&back));
            if expected != got {
                let how = difference(&expected, &got);
                changed.push(format!("{name} {edition:?}{how}"));
            }
        }
    }
    changed.dedup();
    let listed: Vec<_> = CHANGED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(changed, listed);
    println!("{count} JSON documents through XML");
    assert!(count >= 30, "{count}");
}

fn difference(expected: &Value, got: &Value) -> String {
    match (expected, got) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, value) in one {
                match other.get(name) {
                    None => return format!("/{name} is lost"),
                    Some(got) if got != value => {
                        return format!("/{name}{}", difference(value, got));
                    }
                    Some(_) => {}
                }
            }
            let new = other.keys().find(|name| !one.contains_key(*name));
            format!(": {new:?} is new")
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            let pair = pairs.find(|(_, (one, other))| one != other);
            pair.map_or_else(String::new, |(at, (one, other))| {
                format!("/{at}{}", difference(one, other))
            })
        }
        (one, other) => format!(": {one} became {other}"),
    }
}

/// XML documents that do not come back the same through JSON, and why.
const CHANGED_XML: [(&str, &str); 0] = [];

#[test]
fn xml_documents_survive_the_way_through_json() {
    let Some(root) = published("XML through JSON") else {
        return;
    };
    let resources = root.join("openepcis-test-resources");
    let mut changed = Vec::new();
    let mut count = 0;
    for file in files(&resources, &["xml"]) {
        let name = name(&resources, &file);
        if name.contains("Invalid") || name.contains("Queries") {
            continue;
        }
        count += 1;
        let document = read(&file).expect("valid");
        let expected = shown(&document, &file);
        let there = json_again(&for_json(document));
        let back = shown(
            &xml_again(&for_xml(there, Edition::Two), Edition::Two),
            &file,
        );
        if expected != back {
            let mut lines = expected.lines().zip(back.lines());
            let pair = lines.find(|(one, other)| one != other);
            changed.push(format!("{name}: {pair:?}"));
        }
    }
    let listed: Vec<_> = CHANGED_XML
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(changed, listed);
    println!("{count} XML documents through JSON");
    assert!(count >= 45, "{count}");
}

/// The events of a document in XML, the fields that users added by name, since JSON has no order between members.
fn shown(document: &Document, file: &Path) -> String {
    let mut events = Document {
        events: document.events.clone(),
        ..Document::default()
    };
    events.envelope.body = theriac_standards::epcis::model::Body::List;
    for event in &mut events.events {
        change_terms(event, TermForm::Urn);
        event.for_each_extensions(|extensions| {
            extensions.sort_by(|one, other| one.name.local.cmp(&other.name.local));
            for extension in extensions {
                extension.value.for_each_element(&mut |element| {
                    element
                        .fields
                        .sort_by(|one, other| one.name.local.cmp(&other.name.local));
                });
            }
        });
    }
    let text = xml::write_document(&events, Edition::Two).expect("XML can hold it");
    xml_canonical(&text, Comparison::Exact, file)
}

fn urns(event: &Event) -> Vec<String> {
    let mut event = event.clone();
    let mut found = Vec::new();
    event.for_each_identifier(|text| found.push(text.clone()));
    found.retain(|text| text.starts_with("urn:epc:"));
    found
}

/// URNs of the published documents that are built against their own scheme.
const MALFORMED: [&str; 0] = [];

#[test]
fn published_urns_come_back_from_digital_links() {
    let Some(root) = published("URNs through Digital Links") else {
        return;
    };
    let mut seen: Vec<String> = Vec::new();
    for file in files(&root.join("openepcis-test-resources"), &["json", "xml"]) {
        if !file.to_string_lossy().contains("Invalid")
            && !file.to_string_lossy().contains("Queries")
        {
            let document = read(&file).expect("valid");
            seen.extend(document.events.iter().flat_map(urns));
        }
    }
    seen.sort();
    seen.dedup();
    let mut malformed = Vec::new();
    for urn in &seen {
        let Some(link) = to_digital_link(urn) else {
            malformed.push(urn.as_str());
            continue;
        };
        let body = urn.rsplit(':').next().expect("a body");
        let length = body.split('.').next().expect("a prefix").len();
        let back = to_epc_urn(&link, length).unwrap_or_else(|| panic!("{urn} {link}"));
        assert_eq!(canonical_identifier(&back).as_ref(), Some(&link));
        assert_eq!(back, *urn, "{link}");
    }
    assert_eq!(malformed, MALFORMED);
    println!("{} URNs", seen.len());
    assert!(seen.len() >= 100, "{}", seen.len());
}

#[test]
fn forms_are_changed_where_they_can_be() {
    let mut event = Event {
        epc_list: Some(vec![
            "https://example.org/01/09521141012345/21/2017?17=271231".to_owned(),
            "urn:epc:id:sscc:4012345.0000000333".to_owned(),
        ]),
        biz_step: Some("receiving".to_owned()),
        disposition: Some("https://example.org/disp/odd".to_owned()),
        ..Event::default()
    };
    let original = event.clone();
    change_identifiers(&mut event, IdentifierForm::Never, |_| Some(7));
    assert_eq!(event, original);
    change_identifiers(&mut event, IdentifierForm::EpcUrn, |_| None);
    assert_eq!(event, original);
    change_identifiers(&mut event, IdentifierForm::EpcUrn, |link| {
        link.contains("/9521141").then_some(7).or(Some(7))
    });
    assert_eq!(
        event.epc_list.as_deref(),
        Some(
            &[
                "urn:epc:id:sgtin:9521141.001234.2017".to_owned(),
                "urn:epc:id:sscc:4012345.0000000333".to_owned(),
            ][..]
        )
    );
    change_identifiers(&mut event, IdentifierForm::DigitalLink, |_| None);
    assert_eq!(
        event.epc_list.as_deref(),
        Some(
            &[
                "https://id.gs1.org/01/09521141012345/21/2017".to_owned(),
                "https://id.gs1.org/00/040123450000003338".to_owned(),
            ][..]
        )
    );
    change_terms(&mut event, TermForm::Urn);
    assert_eq!(
        event.biz_step.as_deref(),
        Some("urn:epcglobal:cbv:bizstep:receiving")
    );
    change_terms(&mut event, TermForm::WebUri);
    assert_eq!(
        event.biz_step.as_deref(),
        Some("https://ref.gs1.org/cbv/BizStep-receiving")
    );
    assert_eq!(
        event.disposition.as_deref(),
        Some("https://example.org/disp/odd")
    );
}

#[test]
fn headers_name_the_forms() {
    for form in [
        IdentifierForm::NoPreference,
        IdentifierForm::DigitalLink,
        IdentifierForm::EpcUrn,
        IdentifierForm::Never,
    ] {
        assert_eq!(IdentifierForm::named(form.name()), Some(form));
    }
    for form in [
        TermForm::NoPreference,
        TermForm::WebUri,
        TermForm::Urn,
        TermForm::Never,
    ] {
        assert_eq!(TermForm::named(form.name()), Some(form));
    }
    assert_eq!(IdentifierForm::named("Always"), None);
    assert_eq!(TermForm::named("Always"), None);
}

#[test]
fn a_wrong_check_digit_has_no_urn() {
    assert_eq!(
        to_epc_urn("https://id.gs1.org/01/09521141012346/21/1", 7),
        None
    );
    assert_eq!(
        to_epc_urn("https://id.gs1.org/01/09521141012345/21/1", 5),
        None
    );
    assert_eq!(to_epc_urn("urn:epc:id:sscc:4012345.0000000333", 7), None);
}
