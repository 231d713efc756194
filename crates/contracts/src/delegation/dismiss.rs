//! A delegation is ended: by the controller, or by the delegate, who lays the office down.

use alloy_primitives::{Address, B256};

use super::state::{self, DELEGATE_COUNT, DELEGATES_OF, DELEGATIONS, Delegation};
use crate::{
    access::{self, Entry, state::check_controller},
    codes::EntryKind,
    directory::standing::check_key,
    host::{Halt, Host, Stop},
    interfaces::IDelegation::Dismissed,
    refusals::Refusal,
    seals::close_openings,
    storage::State,
};

/// Ends a delegation, and closes the chart's openings.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotTheController`, `KeyFrozen` (`KeyFrozen` or `KeyReplaced` of a delegate who lays it down),
/// `DelegateUnknown`.
pub(super) fn dismiss(
    host: &mut dyn Host,
    caller: Address,
    chart: B256,
    delegate: Address,
) -> Result<(), Stop> {
    if caller == delegate {
        check_key(host, caller)??;
    } else {
        check_controller(host, caller, chart)?;
    }
    let state = &mut state::state(host);
    let delegation = DELEGATIONS
        .at(state, chart)?
        .at(state, delegate)?
        .load(state)?;
    if delegation.kind == 0 {
        return Err(Refusal::DelegateUnknown.into());
    }
    remove(state, chart, (delegate, delegation.place))?;
    let entry = Entry {
        kind: EntryKind::DelegateDismissed,
        actor: caller,
        subject: delegate.into_word(),
        detail: B256::ZERO,
    };
    access::append(host, chart, entry)?;
    close_openings(host, chart)?;
    state::state(host).emit(&Dismissed {
        chart,
        delegate,
        by: caller,
    })?;
    Ok(())
}

/// Takes the delegate out of the chart's list; the last one gets the place.
fn remove(
    state: &mut State<'_>,
    chart: B256,
    (delegate, place): (Address, u32),
) -> Result<(), Halt> {
    let (delegations, list) = (
        DELEGATIONS.at(state, chart)?,
        DELEGATES_OF.at(state, chart)?,
    );
    let count = DELEGATE_COUNT.at(state, chart)?;
    let last_place = count.load(state)? - 1;
    let last_item = list.at(state, last_place)?;
    let last = last_item.load(state)?;
    let moved = delegations.at(state, last)?;
    let delegation = moved.load(state)?;
    moved.save(
        state,
        &Delegation {
            place,
            ..delegation
        },
    )?;
    list.at(state, place)?.save(state, &last)?;
    last_item.save(state, &Address::ZERO)?;
    count.save(state, &last_place)?;
    delegations
        .at(state, delegate)?
        .save(state, &Delegation::NONE)
}

#[cfg(test)]
mod tests;
