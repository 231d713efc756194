//! `theriac gs1` and `theriac epcis`: what barcodes and documents say, with no node.

mod command;

use command::{json, stderr, theriac};
use serde_json::Value;
use std::{fs, path::Path, process::Output};

const PACK: &str = "(01)07612345678900(17)281200(10)ABC(21)XYZ12345";

fn parse(text: &str) -> Value {
    json(&theriac(Path::new("."), &["gs1", "parse", text, "--json"]))
}

#[test]
fn every_form_of_a_label_says_the_same() {
    let bracketed = parse(PACK);
    assert_eq!(bracketed["isPack"], true);
    assert_eq!(bracketed["elements"][2]["title"], "BATCH/LOT");
    let link = bracketed["digitalLink"].as_str().expect("a link");
    assert_eq!(
        link,
        "https://id.gs1.org/01/07612345678900/10/ABC/21/XYZ12345?17=281200"
    );
    for text in [
        link,
        "]d201076123456789001728120010ABC\u{1d}21XYZ12345",
        "\u{1d}01076123456789001728120010ABC\u{1d}21XYZ12345",
    ] {
        let other = parse(text);
        assert_eq!(other["digitalLink"], link, "{text}");
        assert_eq!(other["repairs"], serde_json::json!([]), "{text}");
    }
}

#[test]
fn a_scan_through_caps_lock_is_read_and_told() {
    let read = parse("]D201076123456789001728120010abc\u{1d}21xyz12345");
    assert_eq!(
        read["bracketed"],
        "(01)07612345678900(17)281200(10)ABC(21)XYZ12345"
    );
    assert_eq!(read["repairs"], serde_json::json!(["Caps Lock was on"]));
}

#[test]
fn the_epc_is_told_where_the_company_prefix_is_known() {
    let here = Path::new(".");
    let told = theriac(
        here,
        &["gs1", "parse", PACK, "--prefix-length", "7", "--json"],
    );
    assert_eq!(
        json(&told)["epc"],
        "urn:epc:id:sgtin:7612345.067890.XYZ12345"
    );
    let refused = theriac(here, &["gs1", "parse", PACK, "--prefix-length", "5"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
}

#[test]
fn a_wrong_check_digit_is_refused_with_the_place() {
    let wrong = theriac(Path::new("."), &["gs1", "parse", "(01)07612345678901"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(stderr(&wrong).contains("(01)"), "{}", stderr(&wrong));
    assert!(stderr(&wrong).contains("check digit"), "{}", stderr(&wrong));
}

const SHIPMENT: &str = r#"{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"EPCISDocument","schemaVersion":"2.0",
"creationDate":"2026-11-29T10:00:00.000Z","epcisBody":{"eventList":[{"type":"ObjectEvent","action":"OBSERVE","bizStep":"shipping","disposition":"in_transit",
"epcList":["https://id.gs1.org/01/07612345678900/21/XYZ12345"],"eventTime":"2026-11-29T09:00:00.000Z","eventTimeZoneOffset":"+01:00",
"readPoint":{"id":"https://id.gs1.org/414/7612345000008"}}]}}"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("shipment.jsonld"), SHIPMENT).expect("a file");
    folder
}

fn hash(folder: &Path, file: &str) -> Value {
    json(&theriac(folder, &["epcis", "hash", file, "--json"]))["hash"].clone()
}

#[test]
fn a_document_is_accepted_and_hashes_alike_in_every_syntax_and_form() {
    let folder = folder();
    let path = folder.path();
    let report = json(&theriac(
        path,
        &["epcis", "validate", "shipment.jsonld", "--json"],
    ));
    assert_eq!(report["accepted"], true, "{report}");
    assert_eq!(report["events"], 1);
    let expected = hash(path, "shipment.jsonld");
    for (to, epcs, words, file) in [
        ("xml", "as-they-are", "as-they-are", "two.xml"),
        ("xml-1.2", "urn", "urn", "one.xml"),
        ("json", "urn", "as-they-are", "again.jsonld"),
    ] {
        let arguments = [
            "epcis",
            "convert",
            "shipment.jsonld",
            "--to",
            to,
            "--epcs",
            epcs,
            "--words",
            words,
            "--company-prefix",
            "7612345",
            "--out",
            file,
        ];
        let converted = theriac(path, &arguments);
        assert_eq!(converted.status.code(), Some(0), "{}", stderr(&converted));
        let report = json(&theriac(path, &["epcis", "validate", file, "--json"]));
        assert_eq!(report["accepted"], true, "{file}: {report}");
        assert_eq!(hash(path, file), expected, "{file}");
        let text = fs::read_to_string(path.join(file)).expect("it was written");
        assert_eq!(text.contains("urn:epc:id:sgtin:"), epcs == "urn", "{text}");
        let back = theriac(path, &["epcis", "convert", file, "--to", "json"]);
        assert_eq!(back.status.code(), Some(0), "{}", stderr(&back));
        fs::write(path.join("back.jsonld"), &back.stdout).expect("a file");
        assert_eq!(hash(path, "back.jsonld"), expected, "{file} and back");
    }
}

#[test]
fn a_document_that_breaks_a_rule_is_refused_with_the_place() {
    let folder = folder();
    let broken = SHIPMENT.replace("\"+01:00\"", "\"1 o'clock\"");
    fs::write(folder.path().join("broken.jsonld"), broken).expect("a file");
    let refused = theriac(
        folder.path(),
        &["epcis", "validate", "broken.jsonld", "--json"],
    );
    assert_eq!(refused.status.code(), Some(4), "{}", stderr(&refused));
    let report = json(&refused);
    assert_eq!(report["accepted"], false);
    assert_eq!(
        report["problems"][0]["place"]["pointer"],
        "/epcisBody/eventList/0/eventTimeZoneOffset"
    );
}

#[test]
fn a_document_with_entities_of_its_own_is_refused() {
    let folder = folder();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
    fs::write(folder.path().join("bomb.xml"), bomb).expect("a file");
    let refused = theriac(folder.path(), &["epcis", "validate", "bomb.xml"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("document type"),
        "{}",
        stderr(&refused)
    );
}

fn simulate(folder: &Path, arguments: &[&str]) -> Output {
    let usual = [
        "pack", "simulate", "--lots", "2", "--packs", "300", "--json",
    ];
    theriac(folder, &[&usual, arguments].concat())
}

/// All files of a folder by their names.
fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).expect("a file"))
    };
    entries.map(read).collect()
}

#[test]
fn a_supply_is_made_up_alike_from_its_seed_and_its_papers_are_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let made = simulate(path, &["--seed", "7", "--clones", "1", "--out", "one"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let told = json(&made);
    simulate(path, &["--seed", "7", "--clones", "1", "--out", "again"]);
    simulate(path, &["--seed", "8", "--clones", "1", "--out", "other"]);
    let one = files(&path.join("one"));
    assert_eq!(one, files(&path.join("again")));
    assert_ne!(one, files(&path.join("other")));
    let mut events = 0;
    for document in told["documents"].as_array().expect("documents") {
        let file = document.as_str().expect("a path");
        let report = json(&theriac(path, &["epcis", "validate", file, "--json"]));
        assert_eq!(report["accepted"], true, "{file}: {report}");
        events += report["events"].as_u64().expect("a number");
    }
    assert_eq!(told["events"], events);
    let truth: Value = serde_json::from_slice(&one["truth.json"]).expect("JSON");
    assert_eq!(
        (&truth["seed"], truth["parties"].as_array().map(Vec::len)),
        (&7.into(), Some(18))
    );
    let entries = truth["entries"].as_array().expect("entries");
    let count = |holds: fn(&Value) -> bool| entries.iter().filter(|entry| holds(entry)).count();
    assert_eq!(told["frauds"], count(|entry| entry["fraud"].is_string()));
    assert_eq!(told["garbled"], count(|entry| entry["fault"].is_string()));
    assert!(count(|entry| entry["fraud"] == "clone") > 0);
    let scans = String::from_utf8(one["scans.csv"].clone()).expect("UTF-8");
    let readings = scans.matches("\n").count() - 1 - scans.matches("\r\n").count();
    assert_eq!(told["scans"], readings);
}

#[test]
fn a_supply_that_cannot_be_is_refused_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    for arguments in [
        ["--clones", "101", "--out", "one"],
        ["--wholesalers", "1", "--out", "one"],
    ] {
        let refused = simulate(path, &arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
        assert!(!path.join("one").exists(), "{arguments:?}");
    }
    assert_eq!(simulate(path, &["--out", "one"]).status.code(), Some(0));
    let again = simulate(path, &["--out", "one"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        stderr(&again).contains("not overwritten"),
        "{}",
        stderr(&again)
    );
}
