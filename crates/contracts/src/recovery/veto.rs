//! The old key objects.

use alloy_primitives::Address;

use super::{approve::approvals, state};
use crate::{
    codes::RecoveryStatus,
    directory::standing::check_key,
    host::{Host, Stop},
    interfaces::IRecovery::Vetoed,
    refusals::Refusal,
};

/// Objects to the recovery of the caller's own account: one more guardian is needed, at most all, and the delay begins anew. It does not end the
/// recovery, for a thief would object too.
///
/// # Errors
/// In this order: `KeyFrozen` or `KeyReplaced`, `RecoveryUnknown`, `VetoesUsedUp`.
pub(super) fn veto(host: &mut dyn Host, caller: Address) -> Result<(), Stop> {
    check_key(host, caller)??;
    let mut case = state::open_case(host, caller)?.ok_or(Refusal::RecoveryUnknown)?;
    if case.recovery.needed >= case.terms.count {
        return Err(Refusal::VetoesUsedUp.into());
    }
    let successor = case.recovery.successor;
    let approvals = approvals(host, caller, &case, successor)?;
    case.recovery.needed += 1;
    case.recovery.vetoes += 1;
    case.recovery.changed_time_ms = host.time_ms();
    if approvals < case.recovery.needed {
        case.recovery.status = RecoveryStatus::Proposed.code();
    }
    state::save(host, caller, &case.recovery)?;
    state::state(host).emit(&Vetoed {
        account: caller,
        round: case.recovery.round,
        needed: case.recovery.needed,
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
