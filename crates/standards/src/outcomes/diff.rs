//! Two lists of outcomes side by side.

use super::{
    Change, Class, Limits, Match, Milestones, Outcome, OutcomeList, OutcomesError, Phase, When,
    compare::changes,
    matching::{Pair, pairs},
};
use serde::Serialize;

/// What changed between two lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeDiff {
    /// The earlier list's source.
    pub before: String,
    /// The later list's source.
    pub after: String,
    /// When the later list was made.
    pub at: Option<When>,
    /// The milestones of the study.
    pub milestones: Milestones,
    /// When in the study's life the changes stand in the later list.
    pub phase: Phase,
    /// How many of each class.
    pub summary: Vec<Summary>,
    /// All outcomes of both lists, those of the earlier one first.
    pub rows: Vec<Row>,
}

/// How many outcomes have a change of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The class.
    pub class: Class,
    /// How many.
    pub outcomes: u32,
}

/// An outcome of one list beside that of the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// In the earlier list.
    pub before: Option<Outcome>,
    /// In the later list.
    pub after: Option<Outcome>,
    /// Why they are one outcome, where both are there.
    pub pair: Option<Match>,
    /// What changed, in the order of the classes; at least one.
    pub changes: Vec<Change>,
    /// When in the study's life; `None` where nothing changed.
    pub phase: Option<Phase>,
}

/// Compares two lists.
///
/// # Errors
/// A list has more outcomes than the limit.
pub fn diff(
    before: &OutcomeList,
    after: &OutcomeList,
    milestones: &Milestones,
    limits: &Limits,
) -> Result<OutcomeDiff, OutcomesError> {
    for list in [before, after] {
        if list.outcomes.len() > limits.outcomes {
            return Err(OutcomesError::TooMany(limits.outcomes));
        }
    }
    let phase = milestones.phase(after.date.as_ref());
    let mut pairs = pairs(&before.outcomes, &after.outcomes);
    pairs.sort_by_key(|pair| pair.before);
    let mut rows = Vec::new();
    for (at, outcome) in before.outcomes.iter().enumerate() {
        let pair = pairs.iter().find(|pair| pair.before == at);
        rows.push(match pair {
            Some(pair) => paired(outcome, &after.outcomes[pair.after], pair),
            None => alone(Some(outcome), None),
        });
    }
    for (at, outcome) in after.outcomes.iter().enumerate() {
        if pairs.iter().all(|pair| pair.after != at) {
            rows.push(alone(None, Some(outcome)));
        }
    }
    for row in &mut rows {
        let is_changed = row
            .changes
            .iter()
            .any(|change| change.class != Class::Unchanged);
        row.phase = is_changed.then_some(phase);
    }
    Ok(OutcomeDiff {
        before: before.source.clone(),
        after: after.source.clone(),
        at: after.date.clone(),
        milestones: milestones.clone(),
        phase,
        summary: summary(&rows),
        rows,
    })
}

impl OutcomeDiff {
    /// How many outcomes have a change of this class.
    pub fn count(&self, class: Class) -> u32 {
        let mut summary = self.summary.iter();
        let found = summary.find(|one| one.class == class);
        found.map_or(0, |one| one.outcomes)
    }

    /// The structure as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers are always JSON")
    }
}

fn paired(before: &Outcome, after: &Outcome, pair: &Pair) -> Row {
    Row {
        before: Some(before.clone()),
        after: Some(after.clone()),
        pair: Some(pair.found.clone()),
        changes: changes(before, after, pair.found.by),
        phase: None,
    }
}

fn alone(before: Option<&Outcome>, after: Option<&Outcome>) -> Row {
    let change = match (before, after) {
        (Some(outcome), _) => Change::new(Class::Dropped, Some(outcome.level.name()), None),
        (None, Some(outcome)) => Change::new(Class::Added, None, Some(outcome.level.name())),
        (None, None) => Change::new(Class::Unchanged, None, None),
    };
    Row {
        before: before.cloned(),
        after: after.cloned(),
        pair: None,
        changes: vec![change],
        phase: None,
    }
}

fn summary(rows: &[Row]) -> Vec<Summary> {
    let of = |class: Class| {
        let has = |row: &&Row| row.changes.iter().any(|change| change.class == class);
        let outcomes = rows.iter().filter(has).count();
        Summary {
            class,
            outcomes: u32::try_from(outcomes).unwrap_or(u32::MAX),
        }
    };
    Class::ALL.into_iter().map(of).collect()
}
