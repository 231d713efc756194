//! Steps follow from what the book has and what the file says.

use std::sync::Arc;

use theriac_standards::odm::Place;

use super::*;
use crate::trials::source::At;

const NOW_MS: u64 = 1_000_000;

fn change(line: u64, item: &str, text: &str) -> Change {
    Change {
        at: At::Text(Place { line, column: 1 }),
        whose: Arc::default(),
        item: item.to_owned(),
        kind: ItemKind::Value,
        text: text.to_owned(),
        is_update: false,
        goes_on: false,
        reason: None,
        observed: line,
    }
}

fn because(change: Change, reason: &str) -> Change {
    Change {
        reason: Some((6, reason.to_owned())),
        ..change
    }
}

fn removed(change: Change) -> Change {
    Change {
        kind: ItemKind::Removed,
        text: String::new(),
        is_update: true,
        ..change
    }
}

fn has(items: &[(&str, &[&str])]) -> Versions {
    let said = |text: &&str| (ItemKind::Value, (*text).to_owned());
    items
        .iter()
        .map(|(item, texts)| ((*item).to_owned(), texts.iter().map(said).collect()))
        .collect()
}

fn folded(versions: &Versions, changes: &[Change], is_history: bool) -> (Steps, Misfits) {
    let reading = Reading {
        is_history,
        reason: None,
        now_ms: NOW_MS,
    };
    let mut misfits = Misfits::default();
    let steps = fold(versions, changes, (reading, &mut misfits));
    (steps, misfits)
}

/// Items and values of each step.
fn told(steps: &Steps) -> Vec<Vec<(&str, &str)>> {
    steps
        .steps
        .iter()
        .map(|step| {
            let items = step.items.iter();
            items
                .map(|(item, _, text)| (item.as_str(), text.as_str()))
                .collect()
        })
        .collect()
}

#[test]
fn a_history_is_a_capture_and_a_correction_for_each_reason() {
    let changes = [
        change(1, "A", "1"),
        change(2, "B", "1"),
        because(change(3, "A", "2"), "typing"),
        because(change(4, "B", "2"), "typing"),
        because(change(5, "A", "3"), "source"),
        change(6, "C", "9"),
    ];
    let (steps, misfits) = folded(&Versions::new(), &changes, true);
    assert_eq!(misfits, Misfits::default());
    assert_eq!(
        told(&steps),
        [
            vec![("A", "1"), ("B", "1")],
            vec![("A", "2"), ("B", "2")],
            vec![("A", "3"), ("C", "9")],
        ]
    );
    let reasons: Vec<_> = steps.steps.iter().map(|step| step.reason.clone()).collect();
    let other = |text: &str| Some((6, text.to_owned()));
    assert_eq!(reasons, [None, other("typing"), other("source")]);
    let observed: Vec<_> = steps.steps.iter().map(|step| step.observed).collect();
    assert_eq!(observed, [2, 4, 6]);
}

#[test]
fn a_history_that_is_given_again_or_goes_on_enters_what_is_new_alone() {
    let changes = [
        change(1, "A", "1"),
        because(change(2, "A", "2"), "typing"),
        because(change(3, "A", "1"), "back"),
    ];
    let whole = has(&[("A", &["1", "2", "1"])]);
    let (steps, _) = folded(&whole, &changes, true);
    assert_eq!((steps.steps.len(), steps.same), (0, 3));
    let (steps, _) = folded(&has(&[("A", &["1", "2"])]), &changes, true);
    assert_eq!((told(&steps), steps.same), (vec![vec![("A", "1")]], 2));
    let twice = [changes[0].clone(), changes[0].clone(), changes[1].clone()];
    let (steps, _) = folded(&has(&[("A", &["1", "2"])]), &twice, true);
    assert_eq!((steps.steps.len(), steps.same), (0, 3));
    let longer = has(&[("A", &["1", "2", "1", "4"])]);
    let (steps, _) = folded(&longer, &changes, true);
    assert_eq!((steps.steps.len(), steps.same), (0, 3));
}

#[test]
fn a_removal_keeps_its_reason_and_one_of_nothing_does_not_fit() {
    let there = has(&[("A", &["1"])]);
    let remove = because(removed(change(3, "A", "")), "of another person");
    let (steps, misfits) = folded(&there, std::slice::from_ref(&remove), true);
    assert_eq!(misfits.count, 0);
    let removed_item = ("A".to_owned(), ItemKind::Removed, String::new());
    assert_eq!(steps.steps[0].items, [removed_item]);
    let (steps, misfits) = folded(&Versions::new(), &[remove], true);
    assert_eq!(steps.steps, []);
    let at = At::Text(Place { line: 3, column: 1 });
    assert_eq!(misfits.first, [(at, Misfit::ItemUnknown)]);
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let there = has(&[("A", &["1"])]);
    let late = Change {
        observed: NOW_MS + 1,
        ..change(1, "B", "1")
    };
    let unknown = Change {
        is_update: true,
        ..change(1, "B", "1")
    };
    for (changes, misfit) in [
        (vec![change(1, "A", "2")], Misfit::ReasonAbsent),
        (vec![late], Misfit::ObservedAhead),
        (vec![unknown], Misfit::ItemUnknown),
        (vec![change(1, "", "2")], Misfit::ItemFaulty),
        (
            vec![change(1, "B", "2"), change(2, "B", "2")],
            Misfit::ItemTwice,
        ),
    ] {
        let (_, misfits) = folded(&there, &changes, misfit == Misfit::ItemUnknown);
        assert_eq!(misfits.count, 1, "{misfit}");
        assert_eq!(misfits.first[0].1, misfit);
    }
}

#[test]
fn a_reason_that_is_given_stands_for_those_that_are_absent() {
    let given = (2, "from the source".to_owned());
    let reading = Reading {
        is_history: false,
        reason: Some(&given),
        now_ms: NOW_MS,
    };
    let mut misfits = Misfits::default();
    let there = has(&[("A", &["1"])]);
    let steps = fold(&there, &[change(1, "A", "2")], (reading, &mut misfits));
    assert_eq!((misfits.count, steps.steps[0].reason()), (0, given));
}
