//! One row for each class of change, by id and by text.

use crate::support::{compare, list, outcome, with_id};
use theriac_standards::outcomes::{
    By, Class, Limits, Milestones, Outcome,
    OutcomeLevel::{Other, Primary, Secondary},
    OutcomesError, Phase, When, diff,
};

fn classes(before: Outcome, after: Outcome) -> Vec<Class> {
    let diff = compare(vec![before], vec![after]);
    assert_eq!(diff.rows.len(), 1, "{:?}", diff.rows);
    diff.rows[0]
        .changes
        .iter()
        .map(|change| change.class)
        .collect()
}

fn base() -> Outcome {
    outcome(Secondary, "Mean change from baseline in HbA1c", "24 weeks")
}

#[test]
fn each_class_of_change_is_told_by_id() {
    let population = |text: &str| Outcome {
        population: Some(text.to_owned()),
        ..base()
    };
    let measurement = |text: &str| Outcome {
        measurement: Some(text.to_owned()),
        ..base()
    };
    for (before, after, class) in [
        (base(), base(), Class::Unchanged),
        (
            base(),
            Outcome {
                level: Primary,
                ..base()
            },
            Class::Promoted,
        ),
        (
            base(),
            Outcome {
                level: Other,
                ..base()
            },
            Class::Demoted,
        ),
        (
            base(),
            outcome(
                Secondary,
                "Mean percent change from baseline in HbA1c",
                "24 weeks",
            ),
            Class::MetricChanged,
        ),
        (
            base(),
            outcome(
                Secondary,
                "Median change from baseline in HbA1c",
                "24 weeks",
            ),
            Class::AggregationChanged,
        ),
        (
            base(),
            outcome(Secondary, "Mean change from baseline in HbA1c", "12 weeks"),
            Class::TimePointChanged,
        ),
        (
            base(),
            outcome(
                Secondary,
                "Mean change from baseline in glucose",
                "24 weeks",
            ),
            Class::MeasurementChanged,
        ),
        (
            measurement("HAM-A"),
            measurement("HADS"),
            Class::MeasurementChanged,
        ),
        (
            population("all randomised"),
            population("completers"),
            Class::PopulationChanged,
        ),
        (base(), population("completers"), Class::PopulationChanged),
        (
            base(),
            outcome(
                Secondary,
                "Mean change from baseline in the HbA1c",
                "Week 24",
            ),
            Class::Reworded,
        ),
    ] {
        let found = classes(with_id("E1", before), with_id("E1", after));
        assert_eq!(found, [class]);
    }
}

#[test]
fn several_changes_of_one_outcome_are_all_told() {
    let after = outcome(Primary, "Median change from baseline in HbA1c", "12 weeks");
    assert_eq!(
        classes(base(), after),
        [
            Class::Promoted,
            Class::AggregationChanged,
            Class::TimePointChanged
        ]
    );
}

#[test]
fn ids_decide_over_words() {
    let before = vec![
        with_id("A", outcome(Primary, "Pain", "12 weeks")),
        with_id("B", outcome(Secondary, "Sleep", "12 weeks")),
    ];
    let after = vec![
        with_id("B", outcome(Secondary, "Pain", "12 weeks")),
        with_id("C", outcome(Primary, "Sleep", "12 weeks")),
    ];
    let diff = compare(before, after);
    let told: Vec<_> = diff
        .rows
        .iter()
        .map(|row| {
            row.changes
                .iter()
                .map(|change| change.class)
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        told,
        [
            vec![Class::Dropped],
            vec![Class::MeasurementChanged],
            vec![Class::Added]
        ]
    );
    let pair = diff.rows[1].pair.as_ref().expect("the same id");
    assert_eq!((pair.by, pair.confidence), (By::Id, 100));
}

#[test]
fn text_proposes_pairs_with_a_confidence_and_reasons() {
    let before = vec![
        outcome(
            Primary,
            "Change from baseline in the Hamilton Anxiety Rating Scale",
            "12 weeks",
        ),
        outcome(
            Secondary,
            "Number of participants with adverse events",
            "up to 12 weeks",
        ),
        outcome(
            Secondary,
            "Quality of life measured by the SF-36",
            "12 weeks",
        ),
    ];
    let after = vec![
        outcome(Primary, "Quality of life (SF-36)", "week 12"),
        outcome(
            Secondary,
            "Hamilton Anxiety Rating Scale, change from baseline",
            "Week 12",
        ),
        outcome(Secondary, "Weight", "12 weeks"),
    ];
    let diff = compare(before, after);
    assert_eq!(diff.count(Class::Promoted), 1);
    assert_eq!(diff.count(Class::Demoted), 1);
    assert_eq!(diff.count(Class::Dropped), 1);
    assert_eq!(diff.count(Class::Added), 1);
    let pair = diff.rows[0].pair.as_ref().expect("a pair");
    assert_eq!(pair.by, By::Text);
    assert!((80..100).contains(&pair.confidence), "{pair:?}");
    assert!(
        pair.reasons
            .iter()
            .any(|reason| reason == "the same time points"),
        "{pair:?}"
    );
}

#[test]
fn the_same_measure_at_several_times_pairs_by_time() {
    let at = |frame: &str| outcome(Primary, "Major adverse cardiac events", frame);
    let diff = compare(
        vec![at("30 days"), at("1 year")],
        vec![at("12 months"), at("30 days")],
    );
    assert_eq!(diff.count(Class::TimePointChanged), 0);
    assert_eq!(diff.count(Class::Added), 0);
    let diff = compare(
        vec![at("30 days"), at("1 year")],
        vec![at("30 days"), at("2 years")],
    );
    assert_eq!(diff.count(Class::TimePointChanged), 1);
}

#[test]
fn numbers_in_a_title_keep_outcomes_apart() {
    let diff = compare(
        vec![outcome(Primary, "New grade 3 or 4 event", "1 year")],
        vec![outcome(Primary, "New grade 4 event", "1 year")],
    );
    assert_eq!(diff.count(Class::MeasurementChanged), 1);
}

#[test]
fn a_change_says_when_in_the_studys_life_it_came() {
    let milestones = Milestones {
        registered: When::parse("2020-01-10"),
        first_consent: When::parse("2020-02-01"),
        lock: When::parse("2021-06-01"),
        unblinding: When::parse("2021-07-01"),
    };
    let before = list(
        "registered",
        "2020-01-10",
        vec![base(), outcome(Primary, "Death", "1 year")],
    );
    for (date, phase) in [
        ("2020-01-20", Phase::BeforeEnrolment),
        ("2020-06", Phase::During),
        ("2021-06-15", Phase::AfterLock),
        ("2022-01-01", Phase::AfterUnblinding),
        ("2020-02", Phase::Unknown),
    ] {
        let changed = Outcome {
            level: Primary,
            ..base()
        };
        let after = list(
            "published",
            date,
            vec![changed, outcome(Primary, "Death", "1 year")],
        );
        let diff = diff(&before, &after, &milestones, &Limits::default()).expect("short lists");
        assert_eq!(diff.rows[0].phase, Some(phase), "{date}");
        assert_eq!(diff.rows[1].phase, None, "nothing changed");
    }
}

#[test]
fn a_comparison_is_the_same_from_run_to_run_and_is_json() {
    let lists = || {
        let at = |title: &str| outcome(Secondary, title, "12 weeks");
        let titles = [
            "Pain score",
            "Pain at rest",
            "Pain at night",
            "Sleep",
            "Pain",
        ];
        compare(
            titles.iter().map(|title| at(title)).collect(),
            titles.iter().rev().map(|title| at(title)).collect(),
        )
    };
    let first = lists().to_json();
    assert_eq!(first, lists().to_json());
    let value: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    assert_eq!(value["rows"][0]["pair"]["by"], "text");
    assert_eq!(
        value["rows"][0]["before"]["time"]["points"][0]["days"],
        "84"
    );
    assert_eq!(lists().count(Class::Unchanged), 5);
}

#[test]
fn lists_are_bounded() {
    let limits = Limits {
        outcomes: 2,
        ..Limits::default()
    };
    let long = list("registered", "2020-01-10", vec![base(), base(), base()]);
    let error = diff(&long, &long, &Milestones::default(), &limits).expect_err("refused");
    assert!(matches!(error, OutcomesError::TooMany(2)));
}
