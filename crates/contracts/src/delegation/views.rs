//! Views of delegations, for the parties of a chart and for delegates.

use alloy_primitives::{Address, B256};

use super::{
    acts_for::{acts_for, in_force},
    state::{
        self, DELEGATE_COUNT, DELEGATES_OF, DELEGATIONS, Delegation, MANDATE_COUNT, MANDATES_OF,
    },
};
use crate::{
    codes::Kinds,
    host::{Halt, Host, Stop},
    interfaces::IDelegation::{self, actsForCall, delegatesCall, delegatesReturn, mandatesReturn},
    page::page,
    refusals::Refusal,
    standing::is_party,
};

/// One delegation, for the parties of the chart.
///
/// # Errors
/// In this order: `NotAParty`, `DelegateUnknown`.
pub(super) fn delegation(
    host: &mut dyn Host,
    caller: Address,
    (chart, delegate): (B256, Address),
) -> Result<IDelegation::Delegation, Stop> {
    check_party(host, caller, chart)?;
    let found = show(host, chart, delegate)?;
    if found.kind == 0 {
        return Err(Refusal::DelegateUnknown.into());
    }
    Ok(found)
}

/// A page of the delegates of a chart, for its parties.
///
/// # Errors
/// In this order: `NotAParty`, `PageOutOfRange`.
pub(super) fn delegates(
    host: &mut dyn Host,
    caller: Address,
    call: &delegatesCall,
) -> Result<delegatesReturn, Stop> {
    check_party(host, caller, call.chart)?;
    let (accounts, total) = {
        let state = &mut state::state(host);
        let total = u64::from(DELEGATE_COUNT.at(state, call.chart)?.load(state)?);
        let list = DELEGATES_OF.at(state, call.chart)?;
        let accounts = page(call.from, call.limit, total)?
            .map(|index| list.at(state, index as u32)?.load(state))
            .collect::<Result<Vec<Address>, Halt>>()?;
        (accounts, total)
    };
    let page = accounts
        .into_iter()
        .map(|account| show(host, call.chart, account))
        .collect::<Result<_, _>>()?;
    Ok(delegatesReturn { page, total })
}

/// A page of the delegations that the caller was ever given.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn mandates(
    host: &mut dyn Host,
    caller: Address,
    from: u64,
    limit: u32,
) -> Result<mandatesReturn, Stop> {
    let (charts, total) = {
        let state = &mut state::state(host);
        let total = MANDATE_COUNT.at(state, caller)?.load(state)?;
        let list = MANDATES_OF.at(state, caller)?;
        let charts = page(from, limit, total)?
            .map(|index| list.at(state, index)?.load(state))
            .collect::<Result<Vec<B256>, Halt>>()?;
        (charts, total)
    };
    let page = charts
        .into_iter()
        .map(|chart| show(host, chart, caller))
        .collect::<Result<_, _>>()?;
    Ok(mandatesReturn { page, total })
}

/// Whether an account may act for a chart, told to itself and to the parties.
///
/// # Errors
/// `NotAParty`.
pub(super) fn told_acts_for(
    host: &mut dyn Host,
    caller: Address,
    call: &actsForCall,
) -> Result<bool, Stop> {
    if caller != call.account {
        check_party(host, caller, call.chart)?;
    }
    let kinds = Kinds(call.kinds);
    Ok(acts_for(
        host,
        call.chart,
        call.account,
        kinds,
        call.purpose,
    )?)
}

fn check_party(host: &mut dyn Host, caller: Address, chart: B256) -> Result<(), Stop> {
    if !is_party(host, chart, caller)? {
        return Err(Refusal::NotAParty.into());
    }
    Ok(())
}

fn show(
    host: &mut dyn Host,
    chart: B256,
    delegate: Address,
) -> Result<IDelegation::Delegation, Halt> {
    let in_force = in_force(host, chart, delegate)?.is_some();
    let found: Delegation = {
        let state = &mut state::state(host);
        DELEGATIONS
            .at(state, chart)?
            .at(state, delegate)?
            .load(state)?
    };
    Ok(IDelegation::Delegation {
        chart,
        delegate,
        kind: found.kind,
        kinds: found.kinds,
        purposes: found.purposes,
        from: found.from,
        until: found.until,
        majority: found.majority,
        appointedTimeMs: found.appointed_time_ms,
        inForce: in_force,
    })
}

#[cfg(test)]
mod tests;
