//! Outcomes from study definitions and from plain tables.

use crate::support::{compare, published};
use theriac_standards::{
    outcomes::{Class, Limits, Outcome, OutcomeLevel, outcomes_of, read_table},
    usdm,
};

fn pilot(test: &str) -> Option<Vec<Outcome>> {
    let root = published(test, "usdm")?;
    let path = root.join("CDISC_Pilot/CDISC_Pilot_Study.json");
    let bytes = std::fs::read(path).expect("readable");
    let definition = usdm::read(&bytes, &usdm::Limits::default()).expect("a definition");
    Some(outcomes_of(&definition.study.versions[0].designs[0]))
}

#[test]
fn endpoints_become_outcomes_with_ids_and_times() {
    let Some(outcomes) = pilot("endpoints_become_outcomes_with_ids_and_times") else {
        return;
    };
    assert_eq!(outcomes.len(), 11);
    assert_eq!(outcomes.iter().filter(|one| one.is_placeholder).count(), 3);
    assert_eq!(outcomes[0].id.as_deref(), Some("Endpoint_1"));
    assert_eq!(outcomes[0].time.in_days(), "168 days");
    let population = outcomes[0].population.as_deref();
    assert_eq!(
        population,
        Some("Patients with Mild to Moderate Alzheimer’s Disease.")
    );
    assert_eq!(outcomes[4].metric.as_deref(), Some("change from baseline"));
    assert_eq!(outcomes[5].time.in_days(), "56 days, 112 days");
    assert_eq!(outcomes[7].time.in_days(), "28 days, 168 days");
}

#[test]
fn endpoints_of_two_versions_are_compared_by_id() {
    let Some(before) = pilot("endpoints_of_two_versions_are_compared_by_id") else {
        return;
    };
    let mut after = before.clone();
    after[1].level = OutcomeLevel::Secondary;
    after.remove(2);
    let diff = compare(before, after);
    assert_eq!(diff.count(Class::Demoted), 1);
    assert_eq!(diff.count(Class::Dropped), 1);
    assert_eq!(diff.count(Class::Unchanged), 9);
}

const TABLE: &str = "level,title,time_frame,measurement,metric,aggregation,population,domain\n\
    primary,Anxiety,12 weeks,HAM-A,change from baseline,mean,all randomised,anxiety\n\
    Secondary,\"Sleep, self-reported\",week 12,,,,,\n\
    Post-Hoc,Weight,,,,,,\n";

#[test]
fn a_table_is_read_in_all_five_levels() {
    let outcomes = read_table(TABLE.as_bytes(), &Limits::default()).expect("a table");
    assert_eq!(outcomes.len(), 3);
    let first = &outcomes[0];
    assert_eq!(first.domain.as_deref(), Some("anxiety"));
    assert_eq!(first.measurement.as_deref(), Some("HAM-A"));
    assert_eq!(first.metric.as_deref(), Some("change from baseline"));
    assert_eq!(first.aggregation.as_deref(), Some("mean"));
    assert_eq!(first.time.in_days(), "84 days");
    assert_eq!(outcomes[1].title, "Sleep, self-reported");
    assert_eq!(outcomes[2].level, OutcomeLevel::Other);
}

#[test]
fn a_table_that_is_none_is_refused_with_its_line() {
    let told = |text: &str| {
        let read = read_table(text.as_bytes(), &Limits::default());
        read.expect_err("refused").to_string()
    };
    assert_eq!(
        told("title\nA\n"),
        "line 1, column 0: column level is missing"
    );
    assert_eq!(
        told("level,title\nprimary,A\nmain,B\n"),
        "line 3: main is no level, expected primary, secondary or other"
    );
    assert_eq!(
        told("level,title\nprimary\n"),
        "line 2, column 0: 1 fields, expected 2"
    );
}
