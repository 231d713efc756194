//! The controller points kinds of records at a rule.

use alloy_primitives::{Address, B256};

use super::{
    close::close_openings,
    state::{self, POINTERS, Pointer},
};
use crate::{
    access::{Entry, log, state::check_controller},
    codes::{EntryKind, Kind, Kinds},
    host::{Halt, Host, Stop},
    interfaces::ISeals::{RulePointed, pointRuleCall},
    refusals::Refusal,
    registry,
};

/// Points kinds at a contract, whose code is pinned now, or back at the native rules.
///
/// # Errors
/// In this order: `UnknownKind`, `ChartUnknown`, `NotTheController`, `RuleNotAContract`.
pub(super) fn point_rule(
    host: &mut dyn Host,
    caller: Address,
    call: &pointRuleCall,
) -> Result<(), Stop> {
    if !Kinds(call.kinds).is_valid() {
        return Err(Refusal::UnknownKind.into());
    }
    check_controller(host, caller, call.chart)?;
    let pointer = pin(host, call.rule)?;
    close_openings(host, call.chart)?;
    save(host, call, &pointer)?;
    let entry = Entry {
        kind: EntryKind::RulePointed,
        actor: caller,
        subject: subject(call.kinds, call.rule),
        detail: pointer.code_hash,
    };
    log::append(host, call.chart, entry)?;
    Ok(state::state(host).emit(&RulePointed {
        chart: call.chart,
        kinds: call.kinds,
        rule: call.rule,
        codeHash: pointer.code_hash,
    })?)
}

fn pin(host: &mut dyn Host, rule: Address) -> Result<Pointer, Stop> {
    if rule.is_zero() {
        return Ok(Pointer {
            code_hash: B256::ZERO,
            rule,
        });
    }
    let code_hash = host.code_hash(rule)?;
    if code_hash.is_zero() || registry::native(rule).is_some() {
        return Err(Refusal::RuleNotAContract.into());
    }
    Ok(Pointer { code_hash, rule })
}

fn save(host: &mut dyn Host, call: &pointRuleCall, pointer: &Pointer) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let of_chart = POINTERS.at(state, call.chart)?;
    for kind in Kind::ALL {
        if Kinds(call.kinds).covers(kind.bit()) {
            of_chart.at(state, kind.code())?.save(state, pointer)?;
        }
    }
    Ok(())
}

/// The rule in the lowest 20 bytes, the kinds in the 4 above.
fn subject(kinds: u32, rule: Address) -> B256 {
    let mut word = rule.into_word();
    word[8..12].copy_from_slice(&kinds.to_be_bytes());
    word
}

#[cfg(test)]
mod tests;
