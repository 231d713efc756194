//! A guardian approves a successor.

use alloy_primitives::Address;

use super::{
    announcement::drop_announcements,
    seat::{Seat, seat},
    state::{self, AWAITED, CHOICES, Case, Recovery},
    successor::check_successor,
};
use crate::{
    codes::RecoveryStatus,
    host::{Halt, Host, Stop},
    interfaces::IRecovery::{Approved, Running},
    refusals::Refusal,
};

/// Approves a successor whom a guardian has proposed.
///
/// # Errors
/// Of [`seat`], then `RecoveryUnknown`, `SuccessorNotProposed`, then of [`choose`].
pub(super) fn approve(
    host: &mut dyn Host,
    caller: Address,
    account: Address,
    successor: Address,
) -> Result<(), Stop> {
    let seat = seat(host, caller, account)?;
    let case = state::open_case(host, account)?.ok_or(Refusal::RecoveryUnknown)?;
    let proposed =
        case.recovery.successor == successor || approvals(host, account, &case, successor)? > 0;
    if !proposed {
        return Err(Refusal::SuccessorNotProposed.into());
    }
    choose(host, (caller, &seat), case, (account, successor))
}

/// Enters a guardian's choice, which takes back a vote to cancel. The successor whom the threshold approves is settled; when as many as
/// are needed approve, the delay begins.
///
/// # Errors
/// In this order: `SuccessorFixed`, `SuccessorNotAllowed`, `ApprovedAlready`.
pub(super) fn choose(
    host: &mut dyn Host,
    (caller, seat): (Address, &Seat),
    mut case: Case,
    (account, successor): (Address, Address),
) -> Result<(), Stop> {
    let settled = case.recovery.successor;
    if !settled.is_zero() && settled != successor {
        return Err(Refusal::SuccessorFixed.into());
    }
    check_successor(host, account, successor)?;
    if choice(host, account, (case.recovery.round, seat.index))? == successor {
        return Err(Refusal::ApprovedAlready.into());
    }

    set_choice(host, account, (case.recovery.round, seat.index), successor)?;
    case.recovery.cancels &= !(1 << seat.index);
    let approvals = approvals(host, account, &case, successor)?;
    if settled.is_zero() && approvals >= case.terms.threshold {
        case.recovery.successor = successor;
        settle(host, account, successor)?;
    }
    let enough = approvals >= case.recovery.needed;
    let begins = enough && case.status == RecoveryStatus::Proposed;
    if begins {
        case.recovery.status = RecoveryStatus::Waiting.code();
        case.recovery.changed_time_ms = host.time_ms();
    }
    state::save(host, account, &case.recovery)?;
    Ok(tell(
        host,
        (account, caller, successor),
        &case,
        (approvals, begins),
    )?)
}

/// How many guardians approve this successor; nobody approves zero.
pub(super) fn approvals(
    host: &mut dyn Host,
    account: Address,
    case: &Case,
    successor: Address,
) -> Result<u8, Halt> {
    let mut approvals = 0;
    if successor.is_zero() {
        return Ok(approvals);
    }
    for index in 0..case.terms.count {
        approvals += u8::from(choice(host, account, (case.recovery.round, index))? == successor);
    }
    Ok(approvals)
}

/// Whom a guardian approves; zero for nobody.
pub(super) fn choice(
    host: &mut dyn Host,
    account: Address,
    (round, index): (u64, u8),
) -> Result<Address, Halt> {
    let state = &mut state::state(host);
    CHOICES
        .at(state, account)?
        .at(state, round)?
        .at(state, index)?
        .load(state)
}

/// Writes whom a guardian approves.
pub(super) fn set_choice(
    host: &mut dyn Host,
    account: Address,
    (round, index): (u64, u8),
    successor: Address,
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    CHOICES
        .at(state, account)?
        .at(state, round)?
        .at(state, index)?
        .save(state, &successor)
}

fn settle(host: &mut dyn Host, account: Address, successor: Address) -> Result<(), Halt> {
    let state = &mut state::state(host);
    AWAITED.at(state, successor)?.save(state, &account)?;
    drop_announcements(host, account)
}

fn tell(
    host: &mut dyn Host,
    (account, by, successor): (Address, Address, Address),
    case: &Case,
    (approvals, begins): (u8, bool),
) -> Result<(), Halt> {
    let recovery: &Recovery = &case.recovery;
    let state = &mut state::state(host);
    state.emit(&Approved {
        account,
        successor,
        by,
        round: recovery.round,
        approvals,
        needed: recovery.needed,
    })?;
    if begins {
        state.emit(&Running {
            account,
            successor,
            round: recovery.round,
            executable: recovery.executable_ms(&case.terms).div_ceil(1_000),
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
