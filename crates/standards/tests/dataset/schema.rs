//! What is written passes the published JSON schemas.

use crate::support::{files, published, read, small};
use serde_json::Value;
use std::path::Path;
use theriac_standards::dataset::{Dataset, Form, Limits};

fn text_of(root: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(root.join(name)).expect("the schema is there");
    serde_json::from_str(&text).expect("JSON")
}

/// The schema, without its `$id`, which would be fetched.
///
/// That of NDJSON refers to definitions that it does not have: `Column`, `SourceSystem` and `DataTypesEnum`. They are those of the
/// schema of JSON.
fn schema(root: &Path, name: &str) -> jsonschema::Validator {
    let mut schema = text_of(root, name);
    let whole = text_of(root, "schema/dataset.schema.json");
    let members = schema.as_object_mut().expect("an object");
    members.remove("$id");
    let definitions = members["$defs"].as_object_mut().expect("an object");
    for missing in ["Column", "DataTypesEnum", "SourceSystem"] {
        let definition = whole["$defs"][missing].clone();
        definitions.entry(missing).or_insert(definition);
    }
    jsonschema::validator_for(&schema).expect("a schema")
}

fn assert_valid(schema: &jsonschema::Validator, text: &str, what: &str) {
    let value: Value = serde_json::from_str(text).expect("JSON");
    if let Some(error) = schema.iter_errors(&value).next() {
        panic!("{what}: {}: {error}", error.instance_path());
    }
}

fn written(dataset: &Dataset, form: Form) -> String {
    String::from_utf8(dataset.write(form).expect("memory").0).expect("UTF-8")
}

#[test]
fn written_datasets_pass_the_schema() {
    let Some(root) = published("written_datasets_pass_the_schema") else {
        return;
    };
    let plain = schema(&root, "schema/dataset.schema.json");
    let extended = schema(&root, "extensions/dataset_extension.schema.json");
    for file in files(&root, &["json"]) {
        let is_extended = file.ends_with("extended_dataset.json");
        let schema = if is_extended { &extended } else { &plain };
        assert_valid(
            schema,
            &written(&read(&file), Form::Json),
            &format!("{file:?}"),
        );
    }
    assert_valid(&plain, &written(&small(), Form::Json), "our own");
}

#[test]
fn written_lines_pass_the_schema_of_ndjson() {
    let Some(root) = published("written_lines_pass_the_schema_of_ndjson") else {
        return;
    };
    let lines = schema(&root, "schema/dataset-ndjson-schema.json");
    let mut datasets = vec![small()];
    datasets.extend(files(&root, &["ndjson"]).iter().map(|file| read(file)));
    for dataset in datasets {
        let text = written(&dataset, Form::NdJson);
        let header = text.lines().next().expect("a header");
        assert_valid(&lines, header, "a header");
        assert_eq!(text.lines().count(), dataset.rows.len() + 1);
    }
}

#[test]
fn the_schema_refuses_what_the_reader_reports() {
    let Some(root) = published("the_schema_refuses_what_the_reader_reports") else {
        return;
    };
    let plain = schema(&root, "schema/dataset.schema.json");
    let text = written(&small(), Form::Json);
    for (from, to) in [
        (
            "\"datasetJSONVersion\":\"1.1.0\"",
            "\"datasetJSONVersion\":\"1.2\"",
        ),
        ("2026-01-31T09:30:00Z", "2026-01-31"),
        ("\"itemGroupOID\":\"IG.X\",", ""),
        ("\"dataType\":\"float\"", "\"dataType\":\"real\""),
        ("\"keySequence\":1", "\"keySequence\":0"),
        ("\"length\":8", "\"length\":\"8\""),
        (
            "\"targetDataType\":\"integer\"",
            "\"targetDataType\":\"number\"",
        ),
        ("\"label\":\"Everything\"", "\"label\":7"),
    ] {
        let broken = text.replacen(from, to, 1);
        assert_ne!(broken, text, "{from}");
        let value: Value = serde_json::from_str(&broken).expect("JSON");
        assert!(!plain.is_valid(&value), "{to}");
        let (_, report) = Dataset::read(broken.as_bytes(), Limits::default()).expect("a table");
        assert!(!report.is_clean(), "{to}");
    }
}
