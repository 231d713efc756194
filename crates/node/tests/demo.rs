//! The demo as a newcomer runs it, that nothing of the patient is left in what the nodes wrote, and that each fraud in the trial is caught.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Told by the story, in this order.
const STORY: [&str; 67] = [
    "accepted by 3 of 4",
    "accepted by 3 of 4",
    "enrol their people",
    "encrypts the patient's record",
    "denied by the patient's rule",
    "refused: NotYetGranted",
    "equal to the hospital's",
    "refused: NotTheGrantee",
    "refused: GrantRevoked",
    "she is told",
    "by any three of four keepers",
    "refused: OpeningDenied",
    "refused: RoleMayNotBreakGlass",
    "patient        told on the event stream",
    "officer        told on the event stream",
    "outcome        justified",
    "has exactly 12 entries",
    "code           proof-invalid",
    "not enough any more: ApprovalsMissing",
    "it decides nothing any more",
    "moved          1 chart",
    "old key        refused",
    "registers a clinical trial before anyone is enrolled",
    "participants, slots 1 to 24 without a gap",
    "investigator   refused: Blinded",
    "24 times, for responsibility",
    "Fraud 1 of 10, back-dating",
    "refused        BeaconDiffers",
    "FAIL C7 entry",
    "Fraud 2 of 10, early unblinding",
    "refused        NotLocked",
    "refused        TrialRoleMissing",
    "refused        Blinded",
    "after the lock",
    "0 FAIL",
    "0 FAIL",
    "0 FAIL",
    "Fraud 3 of 10, a dropped subject",
    "FAIL C3 slot 20",
    "Fraud 4 of 10, a reordered log",
    "FAIL C2 entry",
    "Fraud 5 of 10, a forged signature",
    "refused        NotSignedByFactor",
    "FAIL C10 entry",
    "Fraud 6 of 10, a deleted audit trail",
    "[subject-entries-missing]",
    "mended         the site's book is back",
    "Fraud 7 of 10, a value changed in the database file",
    ": unreadable",
    "mended         from the site's own copy",
    "Fraud 8 of 10, a sponsor-only copy changed",
    ": altered",
    "[values-differ]",
    "mended         from the site's own copy",
    "Fraud 9 of 10, a second registration",
    "refused        StudyRegistered",
    "registration 1 of 2 by this sponsor",
    "FAIL C5",
    "Fraud 10 of 10, a switched outcome",
    "FAIL C6 entry",
    "Ten frauds were tried, and each was caught.",
    "five; one may fail",
    "group key      unchanged",
    "of them repaired",
    "receipt        of 0x",
    "opening        refused, to the patient too",
    "was registered",
];
/// What the trial leaves for a reader.
const LEFT: [&str; 6] = [
    "report.html",
    "outcomes.html",
    "outcomes.json",
    "regulator.zip",
    "regulator.verify.txt",
    "frauds/switched-outcome.zip",
];
/// A participant of the made-up sample, and one of the pilot.
const LABELS: [&str; 2] = ["90-101-1001", "01-701-1015"];
/// Strings of a document that are shorter than this are too common to be searched for.
const LEAST_LENGTH: usize = 6;

#[test]
fn the_sample_is_shared_and_no_node_keeps_anything_of_the_patient() {
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/patient.json");
    play(&record, None);
}

#[test]
fn a_synthea_bundle_is_shared_and_no_node_keeps_anything_of_the_patient() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhir/synthea");
    let bundles = fs::read_dir(folder).map(|files| {
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "json")
        })
    });
    match bundles.ok().and_then(Iterator::min) {
        Some(bundle) => {
            let pilot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trials");
            play(&bundle, Some(&pilot));
        }
        None if std::env::var_os("CI").is_some_and(|ci| ci == "true") => {
            panic!("no bundle is there")
        }
        None => println!(
            "SKIPPED a_synthea_bundle_is_shared_and_no_node_keeps_anything_of_the_patient: ../shared/data is absent"
        ),
    }
}

/// Plays the story of a document, and searches all that its network wrote.
fn play(document: &Path, pilot: Option<&Path>) {
    let folder = tempfile::tempdir().unwrap();
    let network = folder.path().join("network");
    let output = Command::new(env!("CARGO_BIN_EXE_theriac"))
        .args(["demo", "--once", "--record"])
        .arg(document)
        .args(
            pilot
                .iter()
                .flat_map(|folder| [Path::new("--pilot"), folder]),
        )
        .arg("--directory")
        .arg(&network)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}{errors}");
    let mut rest = told.as_ref();
    for step in STORY {
        let at = rest.find(step).unwrap_or_else(|| panic!("{step}: {told}"));
        rest = &rest[at..];
    }

    for file in LEFT {
        assert!(network.join("trial").join(file).is_file(), "{file}");
    }
    let text = fs::read_to_string(document).unwrap();
    let strings = personal(&serde_json::from_str(&text).unwrap());
    assert!(strings.len() >= 3, "{strings:?}");
    let mut files = Vec::new();
    collect(&network, &mut files);
    assert!(files.iter().any(|file| file.ends_with("index.redb")));
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let content = String::from_utf8_lossy(&bytes);
        for string in strings.iter().map(String::as_str).chain(LABELS) {
            assert!(
                !content.contains(string),
                "{string} is in {}",
                file.display()
            );
        }
    }
    // The search finds what is there.
    assert!(strings.iter().all(|string| text.contains(string)));
}

/// Names, birth date, addresses, telephone numbers and identifiers of the patient, and a part of the text as it stands.
fn personal(bundle: &Value) -> Vec<String> {
    let entries = bundle["entry"].as_array().expect("a bundle has entries");
    let resources = entries.iter().map(|entry| &entry["resource"]);
    let patient = resources
        .clone()
        .find(|resource| resource["resourceType"] == "Patient");
    let patient = patient.expect("a bundle has a patient");
    let mut strings = vec![
        r#""resourceType""#.to_owned(),
        patient["birthDate"].as_str().unwrap().to_owned(),
    ];
    for field in ["name", "address", "telecom", "identifier"] {
        texts(&patient[field], &mut strings);
    }
    // Links to code systems are public, and no mark of the patient.
    strings.retain(|string| string.len() >= LEAST_LENGTH && !string.contains("://"));
    strings
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.is_ascii() => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}
