//! The controller appoints a delegate.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::state::{
    self, DELEGATE_COUNT, DELEGATE_LIMIT, DELEGATES_OF, DELEGATIONS, Delegation, LISTED,
    MANDATE_COUNT, MANDATES_OF,
};
use crate::{
    access::{self, Entry, state::check_controller},
    codes::{DelegationKind, EntryKind, Kinds, Purposes},
    directory::standing::standing,
    host::{Halt, Host, Stop},
    interfaces::IDelegation::{Appointed, appointCall},
    refusals::Refusal,
    seals::close_openings,
    storage::State,
};

/// Appoints a delegate, or gives one other terms, which closes the chart's openings.
///
/// # Errors
/// In this order: `UnknownDelegationKind`, `DelegationMalformed`, `UnknownKind`, `UnknownPurpose`, `ExpiryPassed`, `ChartUnknown`,
/// `NotTheController`, `KeyFrozen`, `DelegateIsTheController`, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`,
/// `KeyReplaced` (of the delegate), `TooManyDelegates`.
pub(super) fn appoint(
    host: &mut dyn Host,
    caller: Address,
    call: &appointCall,
) -> Result<(), Stop> {
    check_terms(call)?;
    let end = [call.until, call.majority]
        .into_iter()
        .filter(|end| *end != 0);
    if end.min().unwrap_or_default().saturating_mul(1_000) <= host.time_ms() {
        return Err(Refusal::ExpiryPassed.into());
    }
    check_controller(host, caller, call.chart)?;
    if call.delegate == caller {
        return Err(Refusal::DelegateIsTheController.into());
    }
    standing(host, call.delegate)?;
    let (place, is_new) = place(host, call)?;
    let delegation = Delegation {
        kind: call.kind,
        kinds: call.kinds,
        purposes: call.purposes,
        place,
        from: call.from,
        until: call.until,
        majority: call.majority,
        appointed_time_ms: host.time_ms(),
    };
    write(&mut state::state(host), call, &delegation)?;
    if !is_new {
        close_openings(host, call.chart)?;
    }
    Ok(tell(host, caller, call)?)
}

/// Refuses terms that contradict themselves.
///
/// # Errors
/// In this order: `UnknownDelegationKind`, `DelegationMalformed`, `UnknownKind`, `UnknownPurpose`.
fn check_terms(call: &appointCall) -> Result<(), Refusal> {
    let kind = DelegationKind::from_code(call.kind).ok_or(Refusal::UnknownDelegationKind)?;
    let has_end = match kind {
        DelegationKind::Guardian => call.until != 0 || call.majority != 0,
        DelegationKind::Proxy => call.until != 0 && call.majority == 0,
    };
    let ends_before_it_begins = |end: u64| end != 0 && end <= call.from;
    if !has_end || ends_before_it_begins(call.until) || ends_before_it_begins(call.majority) {
        return Err(Refusal::DelegationMalformed);
    }
    if call.kinds != 0 && !Kinds(call.kinds).is_valid() {
        return Err(Refusal::UnknownKind);
    }
    if !Purposes(call.purposes).is_valid() {
        return Err(Refusal::UnknownPurpose);
    }
    Ok(())
}

/// The place of the delegate in the chart's list, and whether she is new in it.
///
/// # Errors
/// `TooManyDelegates`.
fn place(host: &mut dyn Host, call: &appointCall) -> Result<(u32, bool), Stop> {
    let state = &mut state::state(host);
    let before = DELEGATIONS
        .at(state, call.chart)?
        .at(state, call.delegate)?
        .load(state)?;
    if before.kind != 0 {
        return Ok((before.place, false));
    }
    let count = DELEGATE_COUNT.at(state, call.chart)?.load(state)?;
    if count >= DELEGATE_LIMIT {
        return Err(Refusal::TooManyDelegates.into());
    }
    Ok((count, true))
}

fn write(state: &mut State<'_>, call: &appointCall, delegation: &Delegation) -> Result<(), Halt> {
    DELEGATIONS
        .at(state, call.chart)?
        .at(state, call.delegate)?
        .save(state, delegation)?;
    let count = DELEGATE_COUNT.at(state, call.chart)?;
    if delegation.place == count.load(state)? {
        DELEGATES_OF
            .at(state, call.chart)?
            .at(state, delegation.place)?
            .save(state, &call.delegate)?;
        count.save(state, &(delegation.place + 1))?;
    }
    list(state, call.chart, call.delegate)
}

/// Adds the chart to the delegate's list unless it stands there.
fn list(state: &mut State<'_>, chart: B256, delegate: Address) -> Result<(), Halt> {
    let listed = LISTED.at(state, chart)?.at(state, delegate)?;
    if listed.load(state)? {
        return Ok(());
    }
    listed.save(state, &true)?;
    let count = MANDATE_COUNT.at(state, delegate)?;
    let index = count.load(state)?;
    MANDATES_OF
        .at(state, delegate)?
        .at(state, index)?
        .save(state, &chart)?;
    count.save(state, &(index + 1))
}

fn tell(host: &mut dyn Host, caller: Address, call: &appointCall) -> Result<(), Halt> {
    let terms = (
        u16::from(call.kind),
        call.kinds,
        call.purposes,
        call.from,
        call.until,
        call.majority,
    );
    let detail = host.keccak(&terms.abi_encode())?;
    let entry = Entry {
        kind: EntryKind::DelegateAppointed,
        actor: caller,
        subject: call.delegate.into_word(),
        detail,
    };
    access::append(host, call.chart, entry)?;
    state::state(host).emit(&Appointed {
        chart: call.chart,
        delegate: call.delegate,
        by: caller,
        kind: call.kind,
        kinds: call.kinds,
        purposes: call.purposes,
        from: call.from,
        until: call.until,
        majority: call.majority,
    })
}

#[cfg(test)]
mod tests;
