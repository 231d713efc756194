//! Guardians freeze a key while its recovery is open.

use alloy_primitives::Address;

use super::{announcement::drop_announcements, seat::seat, state};
use crate::{
    directory,
    host::{Host, Stop},
    interfaces::IRecovery::Frozen,
    refusals::Refusal,
    seals::close_openings_of,
};

/// Votes to freeze the key of the account. With the threshold of votes it can do nothing until the recovery ends, and
/// the openings of its charts so far are closed for good: a thief may have admitted them.
///
/// # Errors
/// Of [`seat`], then `RecoveryUnknown`, `FreezeVotedAlready`.
pub(super) fn freeze(host: &mut dyn Host, caller: Address, account: Address) -> Result<(), Stop> {
    let seat = seat(host, caller, account)?;
    let mut case = state::open_case(host, account)?.ok_or(Refusal::RecoveryUnknown)?;
    let bit = 1 << seat.index;
    if case.recovery.freezes & bit != 0 {
        return Err(Refusal::FreezeVotedAlready.into());
    }
    case.recovery.freezes |= bit;
    let votes = case.recovery.freezes.count_ones() as u8;
    let freezes_now = votes >= case.terms.threshold && !case.recovery.frozen;
    case.recovery.frozen |= freezes_now;
    state::save(host, account, &case.recovery)?;
    if freezes_now {
        directory::replace::mark_frozen(host, account, true)?;
        drop_announcements(host, account)?;
        close_openings_of(host, account)?;
    }
    state::state(host).emit(&Frozen {
        account,
        by: caller,
        round: case.recovery.round,
        votes,
        frozen: case.recovery.frozen,
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
