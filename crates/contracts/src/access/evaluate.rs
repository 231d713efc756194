//! What the rules of a chart say to a request.

use alloy_primitives::{Address, B256};

use super::state::{self, RULE_COUNT, RULES, Rule};
use crate::{
    codes::{Effect, Kinds},
    directory::standing::Standing,
    host::{Halt, Host},
};

/// Who asks for what, as far as rules look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    pub(crate) who: Address,
    pub(crate) standing: Standing,
    pub(crate) purpose: u8,
    pub(crate) kinds: Kinds,
}

/// The verdict of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The rule at this index denies.
    Deny(u32),
    /// No rule denies; the rule at this index permits.
    Permit(u32),
    /// No rule matches: the controller decides.
    Ask,
}

/// Asks the rules of a chart: the first denial wins, then the first permission.
pub(crate) fn evaluate(
    host: &mut dyn Host,
    chart: B256,
    question: &Question,
) -> Result<Verdict, Halt> {
    let seconds = host.time_ms() / 1_000;
    let state = &mut state::state(host);
    let count = RULE_COUNT.at(state, chart)?.load(state)?;
    let place = RULES.at(state, chart)?;
    let mut verdict = Verdict::Ask;
    for index in 0..count {
        let rule = place.at(state, index)?.load(state)?;
        match effect(&rule, question, seconds) {
            Some(Effect::Deny) => return Ok(Verdict::Deny(index)),
            Some(Effect::Permit) if verdict == Verdict::Ask => verdict = Verdict::Permit(index),
            Some(Effect::Permit) | None => {}
        }
    }
    Ok(verdict)
}

/// Whether a rule denies this person, or this purpose, by name: the dissent that holds in an emergency too.
pub(crate) fn dissents(
    host: &mut dyn Host,
    chart: B256,
    question: &Question,
) -> Result<bool, Halt> {
    let seconds = host.time_ms() / 1_000;
    let state = &mut state::state(host);
    let count = RULE_COUNT.at(state, chart)?.load(state)?;
    let place = RULES.at(state, chart)?;
    for index in 0..count {
        let rule = place.at(state, index)?.load(state)?;
        let names = rule.who == question.who || rule.purpose == question.purpose;
        if names && effect(&rule, question, seconds) == Some(Effect::Deny) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When the rule at an index ends, in Unix seconds; 0 for never.
pub(crate) fn until(host: &mut dyn Host, chart: B256, index: u32) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    Ok(RULES.at(state, chart)?.at(state, index)?.load(state)?.until)
}

/// The effect of a rule, if it matches. A denial matches when any kind asked for is in it, a permission when all are.
fn effect(rule: &Rule, question: &Question, seconds: u64) -> Option<Effect> {
    let effect = Effect::from_code(rule.effect)?;
    let kinds = Kinds(rule.kinds);
    let kinds_match = match effect {
        Effect::Deny => rule.kinds == 0 || kinds.meets(question.kinds),
        Effect::Permit => rule.kinds == 0 || kinds.covers(question.kinds),
    };
    let matches = (rule.who.is_zero() || rule.who == question.who)
        && (rule.role == 0 || rule.role == question.standing.role.code())
        && (rule.organisation == 0 || rule.organisation == question.standing.organisation.0)
        && (rule.purpose == 0 || rule.purpose == question.purpose)
        && rule.from <= seconds
        && (rule.until == 0 || seconds < rule.until)
        && kinds_match;
    matches.then_some(effect)
}

#[cfg(test)]
mod tests;
