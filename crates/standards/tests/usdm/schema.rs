//! The published definitions against the schemas of the USDM API, and both readers on what lacks a member.

use crate::support::{ALL, PILOT, published, text};
use serde_json::Value;
use theriac_standards::usdm::{Limits, read};

fn wrapper() -> Option<jsonschema::Validator> {
    let root = published("schemas of the USDM API")?;
    let text = std::fs::read_to_string(root.join("USDM_API.json")).expect("readable");
    let api: Value = serde_json::from_str(&text).expect("JSON");
    let schema = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/components/schemas/Wrapper-Input",
        "components": api["components"],
    });
    Some(jsonschema::validator_for(&schema).expect("a schema"))
}

#[test]
fn the_published_definitions_pass_the_schema_of_the_api() {
    let Some(wrapper) = wrapper() else {
        return;
    };
    for name in ALL {
        let text = text("the schema", name).expect("published");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        if let Some(error) = wrapper.iter_errors(&value).next() {
            panic!("{name}: {}: {error}", error.instance_path());
        }
    }
}

#[test]
fn what_the_schema_requires_and_is_read_is_missed_by_both() {
    let Some(wrapper) = wrapper() else {
        return;
    };
    let text = text("the schema", PILOT).expect("published");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let design = "/study/versions/0/studyDesigns/0";
    for (object, member) in [
        ("".to_owned(), "usdmVersion"),
        ("".to_owned(), "study"),
        ("/study".to_owned(), "name"),
        ("/study/versions/0".to_owned(), "versionIdentifier"),
        ("/study/versions/0/titles/0".to_owned(), "text"),
        ("/study/versions/0/amendments/0".to_owned(), "summary"),
        (design.to_owned(), "instanceType"),
        (format!("{design}/arms/0"), "name"),
        (format!("{design}/objectives/0/endpoints/0"), "text"),
        (format!("{design}/estimands/0"), "variableOfInterestId"),
        (format!("{design}/scheduleTimelines/0"), "entryId"),
        (format!("{design}/scheduleTimelines/0/timings/0"), "value"),
    ] {
        let mut broken = value.clone();
        let parent = broken.pointer_mut(&object).and_then(Value::as_object_mut);
        let removed = parent.expect("an object").remove(member);
        assert!(removed.is_some(), "{object}/{member}");
        assert!(!wrapper.is_valid(&broken), "{object}/{member}");
        let read = read(broken.to_string().as_bytes(), &Limits::default());
        let told = match read {
            Ok(_) => "accepted".to_owned(),
            Err(error) => error.to_string(),
        };
        match member {
            "value" => assert_eq!(told, "accepted", "a problem, not a refusal"),
            _ => assert_eq!(told, format!("{object}/{member}: missing")),
        }
    }
}
