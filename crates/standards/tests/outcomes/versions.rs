//! Real versions of records, and the same with planted changes.

use crate::support::{list, record};
use theriac_standards::outcomes::{
    Class, Limits, Milestones, Outcome, OutcomeDiff, OutcomeLevel, diff,
};

fn changed(diff: &OutcomeDiff) -> u32 {
    let kept = diff.count(Class::Unchanged) + diff.count(Class::Reworded);
    u32::try_from(diff.rows.len()).expect("few") - kept
}

/// The record was downloaded in 2016 and in 2018: collaborators and layout changed, outcomes did not.
#[test]
fn two_versions_of_a_record_have_the_same_outcomes() {
    let test = "two_versions_of_a_record_have_the_same_outcomes";
    let (earlier, later) = ("NCT02028676_modified.xml", "NCT02028676.xml");
    let (Some(earlier), Some(later)) = (record(test, earlier), record(test, later)) else {
        return;
    };
    let lists = (earlier.registered_list(), later.registered_list());
    let diff = diff(
        &lists.0,
        &lists.1,
        &Milestones::default(),
        &Limits::default(),
    );
    let diff = diff.expect("short lists");
    assert_eq!(changed(&diff), 0, "{:?}", diff.summary);
    assert_eq!(diff.rows.len(), 58);
}

/// Registered beside reported of the same record: nine outcomes each, the same words.
#[test]
fn registered_and_reported_outcomes_of_a_record_pair() {
    let test = "registered_and_reported_outcomes_of_a_record_pair";
    for name in ["NCT00763412.json", "NCT02278341.json"] {
        let Some(record) = record(test, name) else {
            return;
        };
        let lists = (record.registered_list(), record.reported_list());
        let diff = diff(
            &lists.0,
            &lists.1,
            &Milestones::default(),
            &Limits::default(),
        );
        let diff = diff.expect("short lists");
        assert_eq!(diff.count(Class::Added), 0, "{name}");
        assert_eq!(diff.count(Class::Dropped), 0, "{name}");
        assert_eq!(
            diff.count(Class::Promoted) + diff.count(Class::Demoted),
            0,
            "{name}"
        );
        assert_eq!(diff.count(Class::TimePointChanged), 0, "{name}");
        assert_eq!(diff.rows.len(), record.outcomes.len());
    }
}

/// How many planted changes are found, and how many outcomes that nobody touched are told as changed.
#[test]
fn planted_changes_are_found_among_similar_outcomes() {
    let test = "planted_changes_are_found_among_similar_outcomes";
    let Some(record) = record(test, "NCT02028676.xml") else {
        return;
    };
    let before = record.registered_list();
    let count = before.outcomes.len();
    let mut after = list("published", "2014-01-15", before.outcomes.clone());
    let demoted = after.outcomes.remove(0);
    after.outcomes.push(Outcome {
        level: OutcomeLevel::Secondary,
        ..demoted
    });
    let last = after.outcomes.len() - 2;
    after.outcomes[last].level = OutcomeLevel::Primary;
    let dropped = after.outcomes.remove(4);
    let moved = &mut after.outcomes[1];
    *moved = Outcome::new(
        moved.level,
        &moved.title.replace("72 Weeks", "36 Weeks"),
        moved.description.as_deref(),
        Some("Baseline, 36 weeks"),
    );
    after.outcomes.push(Outcome::new(
        OutcomeLevel::Primary,
        "Height velocity in puberty",
        None,
        Some("3 years"),
    ));
    let diff = diff(&before, &after, &Milestones::default(), &Limits::default());
    let diff = diff.expect("short lists");
    let found = |class| diff.count(class);
    println!(
        "planted in {count} outcomes: 5 changes; told {:?}",
        diff.summary
    );
    assert_eq!(found(Class::Demoted), 1);
    assert_eq!(found(Class::Promoted), 1);
    assert_eq!(found(Class::Added), 1);
    assert_eq!(found(Class::Dropped), 1);
    assert_eq!(found(Class::TimePointChanged), 1);
    assert_eq!(changed(&diff), 5);
    let of_dropped = diff
        .rows
        .iter()
        .find(|row| row.changes[0].class == Class::Dropped);
    let before = of_dropped
        .and_then(|row| row.before.as_ref())
        .expect("a row");
    assert_eq!(before.title, dropped.title);
}
