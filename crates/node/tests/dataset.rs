//! `theriac dataset`: tables of clinical trials, with no node.

mod command;

use command::{json, stderr, theriac};
use serde_json::Value;
use std::fs;

const ADSL: &str = r#"{"datasetJSONCreationDateTime":"2026-11-30T09:30:00Z","datasetJSONVersion":"1.1.0","itemGroupOID":"IG.ADSL","records":2,"name":"ADSL","label":"Subjects","columns":[{"itemOID":"IT.ADSL.SUBJID","name":"SUBJID","label":"Subject","dataType":"string","length":4},{"itemOID":"IT.ADSL.AGE","name":"AGE","label":"Age","dataType":"integer"},{"itemOID":"IT.ADSL.BMI","name":"BMI","label":"BMI","dataType":"float"}],"rows":[["1001",63,26.0],["1002",null,24.50]],"vendorNote":"kept"}
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("adsl.json"), ADSL).expect("a file");
    folder
}

#[test]
fn a_dataset_is_accepted_or_refused_with_row_column_and_rule_and_without_its_values() {
    let folder = folder();
    let accepted = theriac(
        folder.path(),
        &["dataset", "validate", "adsl.json", "--json"],
    );
    assert_eq!(accepted.status.code(), Some(0), "{}", stderr(&accepted));
    let report = json(&accepted);
    assert_eq!(report["accepted"], true, "{report}");
    assert_eq!(
        (&report["form"], &report["rows"]),
        (&"json".into(), &2.into())
    );
    let faulty = ADSL
        .replace("63,26.0", "\"sixty\",26.0")
        .replace("1002", "10021002");
    fs::write(folder.path().join("faulty.json"), faulty).expect("a file");
    let refused = theriac(folder.path(), &["dataset", "validate", "faulty.json"]);
    assert_eq!(refused.status.code(), Some(4));
    let text = String::from_utf8_lossy(&refused.stdout);
    assert!(text.contains("row 1, column 2 (AGE): got"), "{text}");
    assert!(
        text.contains("row 2, column 1 (SUBJID): 8 characters, and length is 4"),
        "{text}"
    );
    assert!(
        !text.contains("sixty") && !text.contains("10021002"),
        "{text}"
    );
}

#[test]
fn each_form_becomes_each_other_and_nothing_is_lost() {
    let folder = folder();
    let mut from = "adsl.json".to_owned();
    for to in ["ndjson", "dsjc", "json"] {
        let out = format!("again.{to}");
        let arguments = ["dataset", "convert", &from, "--to", to, "--out", &out];
        let done = theriac(folder.path(), &arguments);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        from = out;
    }
    let lines = fs::read_to_string(folder.path().join("again.ndjson")).expect("lines");
    assert_eq!(lines.lines().nth(2), Some(r#"["1002",null,24.50]"#));
    assert!(
        lines
            .lines()
            .next()
            .expect("a header")
            .contains("vendorNote")
    );
    let again = fs::read(folder.path().join("again.json")).expect("a file");
    let [again, first]: [Value; 2] =
        [&again, ADSL.as_bytes()].map(|it| serde_json::from_slice(it).expect("JSON"));
    assert_eq!(again, first);
}

#[test]
fn a_plain_table_needs_the_columns_of_a_dataset() {
    let folder = folder();
    let table = theriac(
        folder.path(),
        &["dataset", "convert", "adsl.json", "--to", "csv"],
    );
    let text = String::from_utf8_lossy(&table.stdout).into_owned();
    assert_eq!(text, "SUBJID,AGE,BMI\n1001,63,26.0\n1002,,24.50\n");
    fs::write(folder.path().join("adsl.csv"), text + "1003,70,22.1\n").expect("a file");
    let convert = |rest: &[&str]| {
        let arguments = [&["dataset", "convert", "adsl.csv", "--to", "ndjson"], rest].concat();
        theriac(folder.path(), &arguments)
    };
    let without = convert(&[]);
    assert_eq!(without.status.code(), Some(1));
    assert!(stderr(&without).contains("--like"), "{}", stderr(&without));
    let with = convert(&["--like", "adsl.json"]);
    let text = String::from_utf8_lossy(&with.stdout).into_owned();
    assert!(text.contains(r#""records":3"#), "{text}");
    assert_eq!(text.lines().last(), Some(r#"["1003",70,22.1]"#));
}

#[test]
fn what_is_no_dataset_is_told_with_its_place() {
    let folder = folder();
    fs::write(
        folder.path().join("no.json"),
        "{\"columns\":[{}],\"rows\":[1]}",
    )
    .expect("a file");
    for verb in [&["validate"][..], &["convert", "--to", "csv"]] {
        let arguments = [&["dataset"], verb, &["no.json"]].concat();
        let refused = theriac(folder.path(), &arguments);
        assert_eq!(refused.status.code(), Some(1));
        assert!(
            stderr(&refused).contains("row 1: line 1: got"),
            "{}",
            stderr(&refused)
        );
    }
}
