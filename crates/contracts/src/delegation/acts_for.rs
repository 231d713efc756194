//! Whether an account acts for the controller of a chart now.

use alloy_primitives::{Address, B256};

use super::state::{self, DELEGATIONS, Delegation};
use crate::{
    codes::{Kinds, Purposes},
    directory::standing,
    host::{Halt, Host},
    records,
};

/// Whether a delegate may act for the chart in this: for all of these kinds and this purpose.
pub(crate) fn acts_for(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
    kinds: Kinds,
    purpose: u8,
) -> Result<bool, Halt> {
    let delegation = in_force(host, chart, account)?;
    Ok(delegation.is_some_and(|found| {
        (found.kinds == 0 || Kinds(found.kinds).covers(kinds))
            && Purposes(found.purposes).admits(purpose)
    }))
}

/// Whether the account is a delegate of the chart in anything.
pub(crate) fn is_delegate(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
) -> Result<bool, Halt> {
    Ok(in_force(host, chart, account)?.is_some())
}

/// The delegation that counts now: its time has come and is not over, the delegate is enrolled, and the controller's key is not frozen.
pub(super) fn in_force(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
) -> Result<Option<Delegation>, Halt> {
    let seconds = host.time_ms() / 1_000;
    let delegation = {
        let state = &mut state::state(host);
        DELEGATIONS
            .at(state, chart)?
            .at(state, account)?
            .load(state)?
    };
    if !delegation.is_in_force_at(seconds) || standing::find(host, account)?.is_err() {
        return Ok(None);
    }
    let Some(chart) = records::state::chart(host, chart)? else {
        return Ok(None);
    };
    let frozen = standing::check_key(host, chart.controller)?.is_err();
    Ok((!frozen).then_some(delegation))
}

#[cfg(test)]
mod tests;
