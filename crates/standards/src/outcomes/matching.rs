//! Which outcome of one list is which of the other.

use super::{
    Outcome,
    features::{Features, Weights},
};
use serde::Serialize;

/// Below this, no pair is proposed.
const LEAST: u32 = 500;

/// What made a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The same id: certain.
    Id,
    /// Words, numbers and time points: proposed, for a person to confirm.
    Text,
}

/// A pair and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// What made it.
    pub by: By,
    /// In percent; 100 for an id alone.
    pub confidence: u8,
    /// What speaks for it and against it.
    pub reasons: Vec<String>,
}

/// A pair by its places in both lists.
pub(super) struct Pair {
    pub(super) before: usize,
    pub(super) after: usize,
    pub(super) found: Match,
}

struct Candidate {
    before: usize,
    after: usize,
    /// In thousandths, so that equal scores are equal on every machine.
    score: u32,
    reasons: Vec<String>,
}

/// All pairs, each outcome in at most one; ids first, then the most alike.
pub(super) fn pairs(before: &[Outcome], after: &[Outcome]) -> Vec<Pair> {
    let mut pairs = by_id(before, after);
    let open = |count: usize, taken: Vec<usize>| -> Vec<usize> {
        (0..count).filter(|at| !taken.contains(at)).collect()
    };
    let open_before = open(before.len(), pairs.iter().map(|pair| pair.before).collect());
    let open_after = open(after.len(), pairs.iter().map(|pair| pair.after).collect());
    let features = |list: &[Outcome]| list.iter().map(Features::of).collect::<Vec<_>>();
    let (own, others) = (features(before), features(after));
    let weights = Weights::of(own.iter().chain(&others));
    let mut candidates = Vec::new();
    for &one in &open_before {
        for &other in &open_after {
            // Outcomes with ids that differ are different outcomes.
            if before[one].id.is_some() && after[other].id.is_some() {
                continue;
            }
            let outcomes = (&before[one], &after[other]);
            let (score, reasons) = score(outcomes, (&own[one], &others[other]), &weights);
            if score >= LEAST {
                candidates.push(Candidate {
                    before: one,
                    after: other,
                    score,
                    reasons,
                });
            }
        }
    }
    candidates.sort_by_key(|one| {
        let levels = before[one.before].level != after[one.after].level;
        let apart = one.before.abs_diff(one.after);
        (
            std::cmp::Reverse(one.score),
            levels,
            apart,
            one.before,
            one.after,
        )
    });
    for candidate in candidates {
        let is_open =
            |pair: &Pair| pair.before != candidate.before && pair.after != candidate.after;
        if pairs.iter().all(is_open) {
            pairs.push(candidate.into_pair());
        }
    }
    pairs
}

impl Candidate {
    fn into_pair(self) -> Pair {
        Pair {
            before: self.before,
            after: self.after,
            found: Match {
                by: By::Text,
                confidence: u8::try_from(self.score / 10).unwrap_or(99).min(99),
                reasons: self.reasons,
            },
        }
    }
}

fn by_id(before: &[Outcome], after: &[Outcome]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (place, outcome) in before.iter().enumerate() {
        let Some(id) = &outcome.id else {
            continue;
        };
        let mut others = after.iter().enumerate();
        let found = others.find(|(at, other)| {
            other.id.as_ref() == Some(id) && pairs.iter().all(|pair| pair.after != *at)
        });
        if let Some((at, _)) = found {
            pairs.push(Pair {
                before: place,
                after: at,
                found: Match {
                    by: By::Id,
                    confidence: 100,
                    reasons: vec!["the same id".to_owned()],
                },
            });
        }
    }
    pairs
}

fn score(
    (one, other): (&Outcome, &Outcome),
    (own, others): (&Features, &Features),
    weights: &Weights,
) -> (u32, Vec<String>) {
    let title = weights.alike(&own.title, &others.title);
    let full = weights.alike(&own.full, &others.full);
    let mut reasons = vec![format!(
        "{:.0} % of the title's words are common",
        title * 100.0
    )];
    if full > title {
        reasons.push(format!("{:.0} % with the description's", full * 100.0));
    }
    let time = match (
        one.time.is_same(&other.time),
        one.time.is_empty() || other.time.is_empty(),
    ) {
        (true, false) => {
            reasons.push("the same time points".to_owned());
            1.0
        }
        (_, true) => 0.5,
        (false, false) => {
            reasons.push("other time points".to_owned());
            0.0
        }
    };
    let mut score = 0.6 * title + 0.2 * full.max(title) + 0.2 * time;
    if own.numbers != others.numbers {
        reasons.push("other numbers in the title".to_owned());
        score *= 0.85;
    }
    ((score * 1_000.0).round() as u32, reasons)
}
