//! Records of ClinicalTrials.gov.

use crate::support::{published, record};
use theriac_standards::outcomes::{
    Limits, OutcomeLevel, RegisteredBefore, read_registry_json, read_registry_xml,
};

#[test]
fn every_record_of_the_api_reads() {
    let Some(root) = published("every_record_of_the_api_reads", "aact/json_data") else {
        return;
    };
    let (mut records, mut earlier) = (0, 0);
    for entry in std::fs::read_dir(root).expect("the folder is there") {
        let path = entry.expect("readable").path();
        let bytes = std::fs::read(&path).expect("readable");
        match read_registry_json(&bytes, &Limits::default()) {
            Ok(record) => {
                assert!(record.id.starts_with("NCT"), "{path:?}");
                assert!(record.registered.is_some(), "{path:?}");
                assert!(!record.outcomes.is_empty(), "{path:?}");
                records += 1;
            }
            Err(error) => {
                let told = error.to_string();
                assert_eq!(
                    told, "/protocolSection: missing, or not an object",
                    "{path:?}"
                );
                earlier += 1;
            }
        }
    }
    assert_eq!((records, earlier), (9, 2));
}

#[test]
fn every_record_of_the_earlier_xml_reads() {
    let Some(root) = published("every_record_of_the_earlier_xml_reads", "aact/xml_data") else {
        return;
    };
    let (mut records, mut reported) = (0, 0);
    for entry in std::fs::read_dir(root).expect("the folder is there") {
        let path = entry.expect("readable").path();
        let bytes = std::fs::read(&path).expect("readable");
        let record = read_registry_xml(&bytes, &Limits::default());
        let record = record.unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert!(record.id.starts_with("NCT"), "{path:?}");
        assert!(record.registered.is_some(), "{path:?}");
        records += 1;
        reported += record.reported.len();
    }
    assert_eq!(records, 46);
    assert_eq!(reported, 234);
}

#[test]
fn three_real_studies_were_registered_late() {
    let test = "three_real_studies_were_registered_late";
    for (name, before) in [
        ("NCT00763412.json", RegisteredBefore::No),
        ("NCT04207047.json", RegisteredBefore::No),
        ("NCT05594173.json", RegisteredBefore::No),
        ("NCT00973089.json", RegisteredBefore::Yes),
        ("NCT02278341.json", RegisteredBefore::Unknown),
        ("NCT02552212.json", RegisteredBefore::Unknown),
        ("NCT03418623.json", RegisteredBefore::Yes),
        ("NCT03475563.json", RegisteredBefore::Yes),
        ("NCT06171568.json", RegisteredBefore::Yes),
    ] {
        let Some(record) = record(test, name) else {
            return;
        };
        assert_eq!(record.registered_before_start(), before, "{name}");
    }
    let record = record(test, "NCT02028676.xml").expect("published as the others");
    assert_eq!(record.registered_before_start(), RegisteredBefore::No);
}

#[test]
fn a_record_tells_its_outcomes_with_their_times() {
    let test = "a_record_tells_its_outcomes_with_their_times";
    let Some(record) = record(test, "NCT02278341.json") else {
        return;
    };
    let of = |level| {
        record
            .outcomes
            .iter()
            .filter(|one| one.level == level)
            .count()
    };
    assert_eq!(
        (of(OutcomeLevel::Primary), of(OutcomeLevel::Secondary)),
        (11, 20)
    );
    assert_eq!(record.reported.len(), 31);
    let days: Vec<_> = record.outcomes[..9]
        .iter()
        .map(|one| one.time.in_days())
        .collect();
    assert_eq!(
        days,
        [
            "364 days", "84 days", "baseline", "7 days", "14 days", "28 days", "84 days",
            "168 days", "252 days"
        ]
    );
    let geometric = |one: &&theriac_standards::outcomes::Outcome| {
        one.aggregation.as_deref() == Some("geometric mean")
    };
    assert_eq!(record.reported.iter().filter(geometric).count(), 8);
}

#[test]
fn what_is_no_record_is_refused_with_its_place() {
    let limits = Limits::default();
    let json = |text: &str| {
        read_registry_json(text.as_bytes(), &limits)
            .expect_err("refused")
            .to_string()
    };
    assert_eq!(json("{}"), "/protocolSection: missing, or not an object");
    let modules = r#""statusModule":{},"identificationModule":{"nctId":"NCT1"}"#;
    assert_eq!(
        json(&format!(
            r#"{{"protocolSection":{{{modules},"outcomesModule":{{"primaryOutcomes":[{{"measure":7}}]}}}}}}"#
        )),
        "/protocolSection/outcomesModule/primaryOutcomes/0/measure: missing, or not a text"
    );
    assert_eq!(
        json(&format!(
            r#"{{"protocolSection":{{{modules},"outcomesModule":{{"primaryOutcomes":{{}}}}}}}}"#
        )),
        "/protocolSection/outcomesModule/primaryOutcomes: missing, or not an array"
    );
    let xml = |text: &str| {
        read_registry_xml(text.as_bytes(), &limits)
            .expect_err("refused")
            .to_string()
    };
    assert_eq!(
        xml("<a/>"),
        "/clinical_study/: missing, or not clinical_study"
    );
    assert_eq!(
        xml(
            "<clinical_study><primary_outcome><time_frame>1 day</time_frame></primary_outcome></clinical_study>"
        ),
        "/clinical_study/primary_outcome: missing, or not a measure"
    );
    let deep = "<a>".repeat(1_000);
    assert!(xml(&deep).contains("deeper than"), "{}", xml(&deep));
    let few = Limits {
        outcomes: 1,
        ..limits
    };
    let two = format!(
        r#"{{"protocolSection":{{{modules},"outcomesModule":{{"primaryOutcomes":[{{"measure":"a"}},{{"measure":"b"}}]}}}}}}"#
    );
    assert!(read_registry_json(two.as_bytes(), &few).is_err());
}
