//! Guardians end a recovery.

use alloy_primitives::Address;

use super::{
    approve::{approvals, choice, set_choice},
    seat::seat,
    state,
};
use crate::{
    codes::RecoveryStatus,
    directory,
    host::{Host, Stop},
    interfaces::IRecovery::Cancelled,
    refusals::Refusal,
};

/// Votes to end the recovery of the account, and takes the guardian's approval back. With the threshold of votes it is over.
///
/// # Errors
/// Of [`seat`], then `RecoveryUnknown`, `CancelVotedAlready`.
pub(super) fn cancel(host: &mut dyn Host, caller: Address, account: Address) -> Result<(), Stop> {
    let seat = seat(host, caller, account)?;
    let mut case = state::open_case(host, account)?.ok_or(Refusal::RecoveryUnknown)?;
    let bit = 1 << seat.index;
    if case.recovery.cancels & bit != 0 {
        return Err(Refusal::CancelVotedAlready.into());
    }
    let place = (case.recovery.round, seat.index);
    if !choice(host, account, place)?.is_zero() {
        set_choice(host, account, place, Address::ZERO)?;
    }
    let approvals = approvals(host, account, &case, case.recovery.successor)?;
    if approvals < case.recovery.needed {
        case.recovery.status = RecoveryStatus::Proposed.code();
    }
    case.recovery.cancels |= bit;
    let votes = case.recovery.cancels.count_ones() as u8;
    let cancelled = votes >= case.terms.threshold;
    if cancelled {
        case.recovery.status = RecoveryStatus::Cancelled.code();
        if case.recovery.frozen {
            directory::replace::mark_frozen(host, account, false)?;
        }
    }
    state::save(host, account, &case.recovery)?;
    state::state(host).emit(&Cancelled {
        account,
        by: caller,
        round: case.recovery.round,
        votes,
        cancelled,
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
