//! The controller sets and removes rules of her chart.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    log::{self, Entry},
    state::{self, RULE_COUNT, RULES, Rule},
};
use crate::{
    codes::{Effect, EntryKind, Kinds, Purpose, Role},
    host::{Host, Stop},
    interfaces::IAccess::{self, setRuleCall},
    members,
    refusals::Refusal,
    seals::close_openings,
};

/// Sets the rule at an index: replaces one, or adds one at the end. It decides requests from now on.
///
/// # Errors
/// In this order: `RuleMalformed`, `UnknownRole`, `UnknownPurpose`, `UnknownKind`, `ChartUnknown`, `NotTheController`,
/// `KeyFrozen`, `RuleIndexOutOfOrder`, `TooManyRules`.
pub(super) fn set_rule(
    host: &mut dyn Host,
    caller: Address,
    call: &setRuleCall,
) -> Result<(), Stop> {
    check_rule(&call.rule)?;
    state::check_controller(host, caller, call.chart)?;
    let limit = members::state::limits(host)?.rules_per_chart;
    let detail = host.keccak(&call.rule.abi_encode())?;

    let state = &mut state::state(host);
    let place = RULE_COUNT.at(state, call.chart)?;
    let count = place.load(state)?;
    if call.index > count {
        return Err(Refusal::RuleIndexOutOfOrder.into());
    }
    if call.index >= limit {
        return Err(Refusal::TooManyRules.into());
    }
    if call.index == count {
        place.save(state, &(count + 1))?;
    }
    RULES
        .at(state, call.chart)?
        .at(state, call.index)?
        .save(state, &stored(&call.rule))?;
    let subject = subject(call.index);
    close_openings(host, call.chart)?;
    let entry = Entry {
        kind: EntryKind::RuleSet,
        actor: caller,
        subject,
        detail,
    };
    Ok(log::append(host, call.chart, entry)?)
}

/// Removes the rule at an index; its place can be used again.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotTheController`, `KeyFrozen`, `RuleUnknown`.
pub(super) fn remove_rule(
    host: &mut dyn Host,
    caller: Address,
    chart: B256,
    index: u32,
) -> Result<(), Stop> {
    state::check_controller(host, caller, chart)?;
    let state = &mut state::state(host);
    let place = RULES.at(state, chart)?.at(state, index)?;
    if place.load(state)?.effect == 0 {
        return Err(Refusal::RuleUnknown.into());
    }
    place.save(state, &stored(&IAccess::Rule::default()))?;
    close_openings(host, chart)?;
    let entry = Entry {
        kind: EntryKind::RuleRemoved,
        actor: caller,
        subject: subject(index),
        detail: B256::ZERO,
    };
    Ok(log::append(host, chart, entry)?)
}

fn check_rule(rule: &IAccess::Rule) -> Result<(), Refusal> {
    let ends_before_it_begins = rule.until != 0 && rule.until <= rule.from;
    if Effect::from_code(rule.effect).is_none() || ends_before_it_begins {
        return Err(Refusal::RuleMalformed);
    }
    if rule.role != 0 && Role::from_code(rule.role).is_none() {
        return Err(Refusal::UnknownRole);
    }
    if rule.purpose != 0 && Purpose::from_code(rule.purpose).is_none() {
        return Err(Refusal::UnknownPurpose);
    }
    if rule.kinds != 0 && !Kinds(rule.kinds).is_valid() {
        return Err(Refusal::UnknownKind);
    }
    Ok(())
}

fn stored(rule: &IAccess::Rule) -> Rule {
    Rule {
        who: rule.who,
        organisation: rule.organisation,
        kinds: rule.kinds,
        effect: rule.effect,
        role: rule.role,
        purpose: rule.purpose,
        from: rule.from,
        until: rule.until,
    }
}

fn subject(index: u32) -> B256 {
    B256::left_padding_from(&index.to_be_bytes())
}

#[cfg(test)]
mod tests;
