//! A successor takes the place of an account: enrolment, guardians, charts.

use alloy_primitives::Address;

use super::{
    guardians::write_terms,
    move_charts::move_next,
    seat::guardian,
    state::{
        self, GUARDIANSHIPS, Guardianship, PREDECESSORS, SUCCESSIONS, Succession, guardianship,
    },
};
use crate::{
    directory,
    host::{Halt, Host, Stop},
    records::move_control,
    refusals::Refusal,
};

/// Refuses to replace a key that still waits for charts of the key before it.
///
/// # Errors
/// `MovesUnfinished`.
pub(super) fn check_moves(host: &mut dyn Host, account: Address) -> Result<(), Stop> {
    let state = &mut state::state(host);
    let before = PREDECESSORS.at(state, account)?.load(state)?;
    if before.is_zero() {
        return Ok(());
    }
    let succession = SUCCESSIONS.at(state, before)?.load(state)?;
    if succession.moved < succession.charts {
        return Err(Refusal::MovesUnfinished.into());
    }
    Ok(())
}

/// Puts the successor in the place of the account, and returns how many charts are yet to be moved. The account is shut out of all at once.
pub(super) fn replace(
    host: &mut dyn Host,
    account: Address,
    successor: Address,
) -> Result<u64, Halt> {
    directory::replace::replace(host, account, successor)?;
    let charts = move_control::make_room(host, account, successor)?;
    let succession = Succession {
        successor,
        time_ms: host.time_ms(),
        moved: 0,
        charts,
    };
    let state = &mut state::state(host);
    SUCCESSIONS.at(state, account)?.save(state, &succession)?;
    PREDECESSORS.at(state, successor)?.save(state, &account)?;
    hand_on_guardians(host, account, successor)?;
    move_next(host, account, succession)
}

/// Gives the successor the guardians of the account, so that it is not without any for a moment.
fn hand_on_guardians(
    host: &mut dyn Host,
    account: Address,
    successor: Address,
) -> Result<(), Halt> {
    let number = guardianship(host, account)?.current;
    if number == 0 {
        return Ok(());
    }
    let terms = state::terms(host, account, number)?;
    let mut guardians = Vec::with_capacity(usize::from(terms.count));
    for index in 0..terms.count {
        guardians.push(guardian(host, account, (number, index))?);
    }
    let current = write_terms(host, successor, &guardians, &terms)?;
    let state = &mut state::state(host);
    let guardianship = Guardianship {
        current,
        next: 0,
        newest: current,
        next_from_ms: 0,
    };
    GUARDIANSHIPS
        .at(state, successor)?
        .save(state, &guardianship)
}
