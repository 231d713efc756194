//! A recovery whose delay is over is executed.

use alloy_primitives::Address;

use super::{
    replace::{check_moves, replace},
    state,
    successor::check_successor,
};
use crate::{
    codes::RecoveryStatus,
    host::{Host, Stop},
    interfaces::IRecovery::Executed,
    refusals::Refusal,
};

/// Puts the successor in the place of the account; whoever calls. Returns how many charts are yet to be moved.
///
/// # Errors
/// In this order: `RecoveryUnknown`, `ApprovalsMissing`, `DelayNotOver`, `SuccessorNotAllowed`, `MovesUnfinished`.
pub(super) fn execute(host: &mut dyn Host, caller: Address, account: Address) -> Result<u64, Stop> {
    let mut case = state::open_case(host, account)?.ok_or(Refusal::RecoveryUnknown)?;
    if case.status != RecoveryStatus::Waiting {
        return Err(Refusal::ApprovalsMissing.into());
    }
    if host.time_ms() < case.recovery.executable_ms(&case.terms) {
        return Err(Refusal::DelayNotOver.into());
    }
    let successor = case.recovery.successor;
    check_successor(host, account, successor)?;
    check_moves(host, account)?;

    case.recovery.status = RecoveryStatus::Executed.code();
    state::save(host, account, &case.recovery)?;
    state::state(host).emit(&Executed {
        account,
        successor,
        by: caller,
        round: case.recovery.round,
    })?;
    Ok(replace(host, account, successor)?)
}

#[cfg(test)]
mod tests;
