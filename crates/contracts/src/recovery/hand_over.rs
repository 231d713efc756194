//! A key puts another one in its own place.

use alloy_primitives::Address;

use super::{
    replace::{check_moves, replace},
    state::{self, HAND_OVERS, HandOver},
    successor::check_successor,
};
use crate::{
    addresses::RECOVERY,
    directory::standing::{check_key, was_enrolled},
    host::{Host, Stop},
    interfaces::IRecovery::{HandOverAnnounced, HandedOver, handOverCall},
    refusals::Refusal,
    signing::{self, SIGNATURE_LIMIT, Succession, is_signed_by},
};

/// Puts a successor, who has signed, in the caller's place: at once, or, with guardians, by a second call after their delay. Returns whether it
/// is done.
///
/// # Errors
/// In this order: `KeyFrozen` or `KeyReplaced`, `NotEnrolled` (never was), `DeadlinePassed`, `SuccessorNotAllowed`,
/// `SignatureTooLong`, `NotSignedBySuccessor`, `RecoveryRuns`, `MovesUnfinished`.
pub(super) fn hand_over(
    host: &mut dyn Host,
    caller: Address,
    call: &handOverCall,
) -> Result<bool, Stop> {
    check_key(host, caller)??;
    if !was_enrolled(host, caller)? {
        return Err(Refusal::NotEnrolled.into());
    }
    check_consent(host, caller, call)?;
    if state::open_case(host, caller)?.is_some_and(|case| case.recovery.runs()) {
        return Err(Refusal::RecoveryRuns.into());
    }
    check_moves(host, caller)?;
    if announce(host, caller, call.successor)? {
        return Ok(false);
    }
    replace(host, caller, call.successor)?;
    state::state(host).emit(&HandedOver {
        account: caller,
        successor: call.successor,
    })?;
    Ok(true)
}

/// Refuses a successor who cannot be one or did not sign.
///
/// # Errors
/// In this order: `DeadlinePassed`, `SuccessorNotAllowed`, `SignatureTooLong`, `NotSignedBySuccessor`.
fn check_consent(host: &mut dyn Host, caller: Address, call: &handOverCall) -> Result<(), Stop> {
    if host.time_ms() >= call.deadline.saturating_mul(1_000) {
        return Err(Refusal::DeadlinePassed.into());
    }
    check_successor(host, caller, call.successor)?;
    if call.signature.len() > SIGNATURE_LIMIT {
        return Err(Refusal::SignatureTooLong.into());
    }
    let succession = Succession {
        account: caller,
        successor: call.successor,
        deadline: call.deadline,
    };
    let digest = signing::digest(host, RECOVERY, &succession)?;
    if !is_signed_by(host, call.successor, digest, &call.signature)? {
        return Err(Refusal::NotSignedBySuccessor.into());
    }
    Ok(())
}

/// Whether the successor had to be announced first; where the announcement is old enough, it is used up.
fn announce(host: &mut dyn Host, caller: Address, successor: Address) -> Result<bool, Stop> {
    let number = state::guardianship(host, caller)?.current;
    if number == 0 {
        return Ok(false);
    }
    let (time_ms, delay) = (host.time_ms(), state::terms(host, caller, number)?.delay);
    let state = &mut state::state(host);
    let place = HAND_OVERS.at(state, caller)?;
    let before = place.load(state)?;
    if before.successor == successor && time_ms >= before.from_ms {
        place.save(
            state,
            &HandOver {
                successor: Address::ZERO,
                from_ms: 0,
            },
        )?;
        return Ok(false);
    }
    let from_ms = match before.successor == successor {
        true => before.from_ms,
        false => time_ms.saturating_add(delay.saturating_mul(1_000)),
    };
    place.save(state, &HandOver { successor, from_ms })?;
    state.emit(&HandOverAnnounced {
        account: caller,
        successor,
        from: from_ms.div_ceil(1_000),
    })?;
    Ok(true)
}

#[cfg(test)]
mod tests;
