//! What the rules of a chart say to an opening, as they stand now: the native ones in `access`, and contracts.

use std::collections::BTreeMap;

use alloy_primitives::{B256, Bytes};
use alloy_sol_types::SolCall;

use super::{
    list::{Listed, kinds},
    opening::{Decision, NO_END},
    state::{self, POINTERS, Pointer},
};
use crate::{
    access::evaluate::{Question, Verdict, evaluate, until},
    codes::{Basis, Kind, OpeningStatus},
    host::{CallOutcome, Halt, Host},
    interfaces::IAccessRule::{AccessRequest, admitsCall},
    members,
};

/// Decides by the rules: a native denial wins; records of kinds that no contract decides need a native permission; each contract must admit
/// its records.
pub(super) fn by_rule(
    host: &mut dyn Host,
    chart: B256,
    question: &Question,
    list: &[Listed],
) -> Result<Decision, Halt> {
    if let Verdict::Deny(_) = evaluate(host, chart, question)? {
        return Ok(denied(Basis::NativeRule));
    }
    let groups = group(host, chart, list)?;
    let (native, contracts): (Vec<_>, Vec<_>) = groups
        .iter()
        .partition(|(pointer, _)| pointer.rule.is_zero());
    let mut end = NO_END;
    for (_, records) in native {
        match permitted_until(host, chart, question, records)? {
            Some(until) => end = until,
            None => return Ok(denied(Basis::NativeRule)),
        }
    }
    let basis = match contracts.is_empty() {
        true => Basis::NativeRule,
        false => Basis::ContractRule,
    };
    for (pointer, records) in contracts {
        if !admits(host, pointer, chart, (question, records))? {
            return Ok(denied(Basis::ContractRule));
        }
    }
    Ok(Decision {
        basis,
        status: OpeningStatus::Admitted,
        until: end,
    })
}

fn denied(basis: Basis) -> Decision {
    Decision {
        basis,
        status: OpeningStatus::Denied,
        until: NO_END,
    }
}

/// The records by the rule that decides them, each group in the order of the list.
fn group(
    host: &mut dyn Host,
    chart: B256,
    list: &[Listed],
) -> Result<Vec<(Pointer, Vec<Listed>)>, Halt> {
    let mut groups: Vec<(Pointer, Vec<Listed>)> = Vec::new();
    let mut places = BTreeMap::new();
    for listed in list {
        let place = match places.get(&listed.kind) {
            Some(place) => *place,
            None => {
                let pointer = pointer(host, chart, listed.kind)?;
                let known = groups.iter().position(|(known, _)| *known == pointer);
                known.unwrap_or_else(|| {
                    groups.push((pointer, Vec::new()));
                    groups.len() - 1
                })
            }
        };
        places.insert(listed.kind, place);
        groups[place].1.push(*listed);
    }
    Ok(groups)
}

/// Where the rule of a kind stands.
pub(super) fn pointer(host: &mut dyn Host, chart: B256, kind: Kind) -> Result<Pointer, Halt> {
    let state = &mut state::state(host);
    let of_chart = POINTERS.at(state, chart)?;
    of_chart.at(state, kind.code())?.load(state)
}

/// Until when a native rule permits these records, in Unix seconds; `None` when none does.
fn permitted_until(
    host: &mut dyn Host,
    chart: B256,
    question: &Question,
    records: &[Listed],
) -> Result<Option<u64>, Halt> {
    let question = Question {
        kinds: kinds(records),
        ..*question
    };
    match evaluate(host, chart, &question)? {
        Verdict::Permit(index) => Ok(Some(match until(host, chart, index)? {
            0 => NO_END,
            until => until,
        })),
        Verdict::Deny(_) | Verdict::Ask => Ok(None),
    }
}

/// Whether a contract admits these records; anything but its clear yes is a no.
fn admits(
    host: &mut dyn Host,
    pointer: &Pointer,
    chart: B256,
    (question, records): (&Question, &[Listed]),
) -> Result<bool, Halt> {
    if host.code_hash(pointer.rule)? != pointer.code_hash {
        return Ok(false);
    }
    let request = AccessRequest {
        chart,
        records: records.iter().map(|listed| listed.record).collect(),
        requester: question.who,
        organisation: question.standing.organisation.0,
        role: question.standing.role.code(),
        purpose: question.purpose,
        kinds: kinds(records).0,
        time: host.time_ms() / 1_000,
    };
    let input = Bytes::from(admitsCall { request }.abi_encode());
    let gas = members::state::limits(host)?.rule_gas;
    Ok(match host.rule_call(pointer.rule, input, gas)? {
        CallOutcome::Returned(output) => *output == B256::with_last_byte(1).as_slice(),
        CallOutcome::Reverted(_) | CallOutcome::Failed => false,
    })
}

#[cfg(test)]
mod tests;
