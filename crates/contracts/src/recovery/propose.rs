//! A guardian names a successor, which is her approval too.

use alloy_primitives::Address;

use super::{
    approve::choose,
    seat::{Seat, seat},
    state::{self, Case, Recovery},
};
use crate::{
    codes::RecoveryStatus,
    host::{Halt, Host, Stop},
    interfaces::IRecovery::Proposed,
};

/// Names a successor: opens a recovery, or puts another name into one where none is settled.
///
/// # Errors
/// Of [`seat`], then of [`choose`].
pub(super) fn propose(
    host: &mut dyn Host,
    caller: Address,
    account: Address,
    successor: Address,
) -> Result<(), Stop> {
    let seat = seat(host, caller, account)?;
    let case = match state::open_case(host, account)? {
        Some(case) => case,
        None => new_case(host, account, &seat)?,
    };
    let round = case.recovery.round;
    choose(host, (caller, &seat), case, (account, successor))?;
    state::state(host).emit(&Proposed {
        account,
        successor,
        by: caller,
        round,
    })?;
    Ok(())
}

/// The next round of the account, not yet written.
fn new_case(host: &mut dyn Host, account: Address, seat: &Seat) -> Result<Case, Halt> {
    let before = state::case(host, account)?.map_or(Recovery::NONE, |case| case.recovery);
    let recovery = Recovery {
        status: RecoveryStatus::Proposed.code(),
        needed: seat.terms.threshold,
        terms: seat.number,
        round: before.round + 1,
        proposed_time_ms: host.time_ms(),
        changed_time_ms: host.time_ms(),
        ..Recovery::NONE
    };
    Ok(Case {
        recovery,
        terms: seat.terms.clone(),
        status: RecoveryStatus::Proposed,
    })
}

#[cfg(test)]
mod tests;
