//! What a report promises whatever the data: order, digest, suppression, bounds.

use crate::trial::{Fabrication, SITES, trial};
use sha2::{Digest as _, Sha256};
use theriac_standards::screening::{
    BaselineGroup, BaselineVariable, Data, Limits, Parameters, Report, ScreeningError, Test, screen,
};

fn screened(data: &Data) -> Report {
    screen(data, Parameters::default(), &Limits::default()).expect("within the limits")
}

#[test]
fn a_report_is_the_same_from_run_to_run_in_any_order_of_its_data() {
    let data = trial(3, Some(Fabrication::NarrowValues));
    let first = screened(&data);
    let mut turned = data.clone();
    turned.entries.reverse();
    turned.corrections.reverse();
    let second = screened(&turned);
    assert_eq!(first, second, "to the last bit");
    assert_eq!(first.digest(), second.digest());
    assert_eq!(
        first.digest(),
        <[u8; 32]>::from(Sha256::digest(first.to_json()))
    );
    let other = screened(&trial(4, None));
    assert_ne!(first.digest(), other.digest());
}

#[test]
fn a_report_is_canonical_json() {
    let text = screened(&trial(5, None)).to_json();
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let members: Vec<&String> = value.as_object().expect("an object").keys().collect();
    let mut sorted = members.clone();
    sorted.sort();
    assert_eq!(members, sorted);
    assert!(!text.contains(": ") && !text.contains('\n'));
    assert_eq!(
        value["findings"][0]["q"].as_str().map(|q| q.contains('e')),
        Some(true)
    );
}

#[test]
fn a_site_of_fewer_than_ten_subjects_is_not_tested() {
    let mut data = trial(6, Some(Fabrication::RoundedDigits));
    data.entries
        .retain(|entry| entry.site != "S00" || entry.subject.as_str() < "S00-009");
    let report = screened(&data);
    assert_eq!(report.suppressed, ["S00"]);
    assert_eq!(report.sites.len(), SITES - 1);
    assert!(
        report
            .findings
            .iter()
            .all(|one| one.site.as_deref() != Some("S00"))
    );
}

#[test]
fn values_that_are_no_numbers_are_counted() {
    let mut data = trial(6, None);
    for value in ["", "high", "nan", "inf", "1e5", "-", "12 mmHg"] {
        let mut entry = data.entries[0].clone();
        entry.value = value.to_owned();
        data.entries.push(entry);
    }
    assert_eq!(screened(&data).not_numbers, 7);
}

#[test]
fn nothing_at_all_makes_an_empty_report() {
    let report = screened(&Data::default());
    assert_eq!(report.findings, []);
    assert_eq!(report.sites, [""; 0]);
}

#[test]
fn arms_that_are_too_alike_are_a_lead_of_the_study() {
    let group = |mean| BaselineGroup {
        count: 100,
        mean,
        standard_deviation: 10.0,
    };
    let baseline = (0..8).map(|at| BaselineVariable {
        name: format!("B{at}"),
        groups: vec![group(50.0), group(50.01)],
    });
    let data = Data {
        baseline: baseline.collect(),
        ..Data::default()
    };
    let report = screened(&data);
    let lead = report.leads()[0].clone();
    assert_eq!((lead.test, lead.site), (Test::Baseline, None));
    assert!(lead.effect.value < 0.0);
}

#[test]
fn data_are_bounded() {
    let data = trial(1, None);
    let refused =
        |limits: Limits| screen(&data, Parameters::default(), &limits).expect_err("refused");
    let limits = Limits::default();
    assert_eq!(
        refused(Limits {
            entries: 10,
            ..limits
        }),
        ScreeningError::TooManyEntries(10)
    );
    assert_eq!(
        refused(Limits { sites: 3, ..limits }),
        ScreeningError::TooManySites(3)
    );
    assert_eq!(
        refused(Limits {
            subjects: 5,
            ..limits
        }),
        ScreeningError::TooManySubjects(5)
    );
    assert_eq!(
        refused(Limits { items: 2, ..limits }),
        ScreeningError::TooManyItems(2)
    );
}
