//! C6: outcomes as registered, amended and published, compared field by field.

use super::{ClaimId, Place, judge::Judge, replay::Replay};
use crate::trial::{
    Entry, FIELDS, Outcome,
    body::Amended,
    bundle::{Openings, OutcomeOpening},
    outcome_word,
};

/// An amendment gives other outcomes: said where, and refused once the data were locked.
pub(super) fn amended(replay: &Replay, entry: &Entry, (body, judge): (&Amended, &mut Judge)) {
    let when = match (replay.first_consent, replay.first_lock, &replay.unblinded) {
        (_, _, Some(_)) => "after unblinding",
        (_, Some(_), None) => "after the first lock",
        (Some(_), None, None) => "after the first consent",
        (None, None, None) => "before the first consent",
    };
    let is_late = replay.first_lock.is_some() || replay.unblinded.is_some();
    for (code, index, what) in compare(replay.outcomes_now(), &body.outcomes) {
        let place = Place {
            index: Some(index),
            ..Place::entry(entry.number)
        };
        let text = format!("{when}, reason {}: {what}", body.reason_code);
        match is_late {
            true => judge.fail(ClaimId::C6, "outcomes-changed-late", place, text),
            false => judge.note(ClaimId::C6, code, place, text),
        }
    }
}

/// How later outcomes differ from earlier ones: code, index in the later (of the earlier where omitted), and in words.
fn compare(earlier: &[Outcome], later: &[Outcome]) -> Vec<(&'static str, u32, String)> {
    let mut found = Vec::new();
    for (outcome, index) in earlier.iter().zip(0..) {
        if !later.iter().any(|other| other.id() == outcome.id()) {
            found.push((
                "outcome-omitted",
                index,
                format!("{} is omitted", level_word(outcome.level)),
            ));
        }
    }
    for (outcome, index) in later.iter().zip(0..) {
        match earlier.iter().find(|other| other.id() == outcome.id()) {
            None => found.push((
                "outcome-added",
                index,
                format!("{} is added", level_word(outcome.level)),
            )),
            Some(before) => {
                let differing = outcome.differences(before);
                if !differing.is_empty() {
                    let text = format!(
                        "{} has another {}",
                        level_word(before.level),
                        differing.join(", ")
                    );
                    found.push(("outcome-switched", index, text));
                }
            }
        }
    }
    found
}

fn level_word(level: u8) -> &'static str {
    match level {
        1 => "a primary outcome",
        2 => "a secondary outcome",
        _ => "another outcome",
    }
}

/// Openings fit their words, and publications report the outcomes that were in force.
pub(super) fn check(openings: &Openings, replay: &Replay, judge: &mut Judge) {
    for opening in &openings.outcomes {
        check_opening(opening, replay, judge);
    }
    for (entry, outcomes) in &replay.published {
        let before = replay
            .outcomes
            .iter()
            .rev()
            .find(|(number, _)| number < entry);
        let registered = before.map_or(&[][..], |(_, outcomes)| outcomes);
        for (code, index, text) in compare(registered, outcomes) {
            let place = Place {
                index: Some(index),
                ..Place::entry(*entry)
            };
            judge.fail(
                ClaimId::C6,
                code,
                place,
                format!("in the publication {text}"),
            );
        }
    }
    if replay.is_complete && openings.outcomes.is_empty() {
        judge.limit(
            ClaimId::C6,
            "what the outcomes are: their words are sealed, and only shown to be the same",
        );
    }
}

fn check_opening(opening: &OutcomeOpening, replay: &Replay, judge: &mut Judge) {
    let place = Place {
        index: Some(opening.index),
        ..Place::entry(opening.entry)
    };
    let mut sets = replay.outcomes.iter().chain(&replay.published);
    let set = sets.find(|(entry, _)| *entry == opening.entry);
    let outcome = set.and_then(|(_, outcomes)| outcomes.get(opening.index as usize));
    let Some(outcome) = outcome.filter(|_| opening.fields.len() == FIELDS.len()) else {
        judge.fail(
            ClaimId::C6,
            "opening-unknown",
            place,
            "no such outcome is in the log",
        );
        return;
    };
    let fields = FIELDS
        .iter()
        .zip(&outcome.words)
        .zip(&opening.fields)
        .zip(1_u8..);
    for (((name, word), field), number) in fields {
        let fits = match field {
            None => word.is_zero(),
            Some(field) => outcome_word(number, &field.salt.0, &field.text) == *word,
        };
        if !fits {
            let text = "the words shown are not those that were registered";
            judge.fail(
                ClaimId::C6,
                "opening-differs",
                place.clone().item(name),
                text,
            );
        }
    }
}
