//! Charts of a key that was replaced are moved, a bounded number at once.

use alloy_primitives::Address;

use super::state::{self, SUCCESSIONS, Succession};
use crate::{
    host::{Halt, Host, Stop},
    records::move_control::move_chart,
    refusals::Refusal,
};

/// Charts that are moved at once: about 5 million gas.
const MOVE_LIMIT: u64 = 64;

/// Moves more charts of an account that was replaced; whoever calls. Returns how many are left.
///
/// # Errors
/// `NothingToMove`.
pub(super) fn move_charts(host: &mut dyn Host, account: Address) -> Result<u64, Stop> {
    let succession = {
        let state = &mut state::state(host);
        SUCCESSIONS.at(state, account)?.load(state)?
    };
    if succession.moved >= succession.charts {
        return Err(Refusal::NothingToMove.into());
    }
    Ok(move_next(host, account, succession)?)
}

/// Moves the next charts and returns how many are left.
pub(super) fn move_next(
    host: &mut dyn Host,
    account: Address,
    mut succession: Succession,
) -> Result<u64, Halt> {
    let until = succession.charts.min(succession.moved + MOVE_LIMIT);
    for index in succession.moved..until {
        move_chart(host, (account, succession.successor), index)?;
    }
    succession.moved = until;
    let state = &mut state::state(host);
    SUCCESSIONS.at(state, account)?.save(state, &succession)?;
    Ok(succession.charts - until)
}

#[cfg(test)]
mod tests;
