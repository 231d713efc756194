//! What a study is to find out.

use crate::{interfaces::ITrials::Outcome, refusals::Refusal};

/// Most outcomes.
const OUTCOMES_MAX: usize = 64;
/// Code of the level of a primary outcome.
const PRIMARY: u8 = 1;
/// Codes of all levels.
const LEVELS: std::ops::RangeInclusive<u8> = 1..=3;

/// Refuses outcomes that are not specified.
///
/// # Errors
/// In this order: `OutcomesMissing`, `TooManyOutcomes`; for each `UnknownOutcomeLevel`, `OutcomeUnspecified`, `OutcomeTwice`; then `PrimaryMissing`.
pub(super) fn check(outcomes: &[Outcome]) -> Result<(), Refusal> {
    if outcomes.is_empty() {
        return Err(Refusal::OutcomesMissing);
    }
    if outcomes.len() > OUTCOMES_MAX {
        return Err(Refusal::TooManyOutcomes);
    }
    for (index, outcome) in outcomes.iter().enumerate() {
        check_one(outcome)?;
        if outcomes[..index].iter().any(|found| found.id == outcome.id) {
            return Err(Refusal::OutcomeTwice);
        }
    }
    match outcomes.iter().any(|outcome| outcome.level == PRIMARY) {
        true => Ok(()),
        false => Err(Refusal::PrimaryMissing),
    }
}

fn check_one(outcome: &Outcome) -> Result<(), Refusal> {
    if !LEVELS.contains(&outcome.level) {
        return Err(Refusal::UnknownOutcomeLevel);
    }
    let needed = [
        outcome.id,
        outcome.domain,
        outcome.measurement,
        outcome.timePoint,
    ];
    match needed.iter().any(|word| word.is_zero()) {
        true => Err(Refusal::OutcomeUnspecified),
        false => Ok(()),
    }
}
