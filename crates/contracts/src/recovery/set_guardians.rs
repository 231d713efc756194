//! A person names guardians.

use std::collections::BTreeSet;

use alloy_primitives::Address;

use super::{
    guardians::write_terms,
    state::{self, GUARDIANSHIPS, Guardianship, Terms},
};
use crate::{
    directory::standing::{check_key, standing, was_enrolled},
    host::{Host, Stop},
    interfaces::IRecovery::{GuardiansSet, setGuardiansCall},
    members,
    refusals::Refusal,
};

/// Guardians that an account may have.
const GUARDIAN_LIMIT: usize = 16;

/// Names the caller's guardians. The first ones count at once. Others count after the delay of those before, so that a thief who names her own
/// leaves time to recover the account from her.
///
/// # Errors
/// In this order: `KeyFrozen` or `KeyReplaced`, `NotEnrolled` (never was), `GuardianCountOutOfRange`, `GuardianNotAllowed`, `GuardianTwice`,
/// `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced` (of a guardian), `ThresholdOutOfRange`,
/// `DelayOutOfRange`, `RecoveryRuns`.
pub(super) fn set_guardians(
    host: &mut dyn Host,
    caller: Address,
    call: &setGuardiansCall,
) -> Result<(), Stop> {
    check_key(host, caller)??;
    if !was_enrolled(host, caller)? {
        return Err(Refusal::NotEnrolled.into());
    }
    check_guardians(host, caller, &call.guardians)?;
    let terms = check_terms(host, call)?;
    if state::open_case(host, caller)?.is_some_and(|case| case.recovery.runs()) {
        return Err(Refusal::RecoveryRuns.into());
    }
    write(host, caller, call, &terms)
}

fn check_guardians(
    host: &mut dyn Host,
    caller: Address,
    guardians: &[Address],
) -> Result<(), Stop> {
    if !(1..=GUARDIAN_LIMIT).contains(&guardians.len()) {
        return Err(Refusal::GuardianCountOutOfRange.into());
    }
    if guardians.contains(&caller) {
        return Err(Refusal::GuardianNotAllowed.into());
    }
    let distinct: BTreeSet<_> = guardians.iter().collect();
    if distinct.len() != guardians.len() {
        return Err(Refusal::GuardianTwice.into());
    }
    for guardian in guardians {
        standing(host, *guardian)?;
    }
    Ok(())
}

/// Terms within bounds.
///
/// # Errors
/// In this order: `ThresholdOutOfRange`, `DelayOutOfRange`.
fn check_terms(host: &mut dyn Host, call: &setGuardiansCall) -> Result<Terms, Stop> {
    let count = call.guardians.len() as u8;
    let least = count.min(2);
    if !(least..=count).contains(&call.threshold) {
        return Err(Refusal::ThresholdOutOfRange.into());
    }
    let limits = members::state::limits(host)?;
    if !(limits.recovery_delay_min..=limits.recovery_delay_max).contains(&call.delay) {
        return Err(Refusal::DelayOutOfRange.into());
    }
    Ok(Terms {
        count,
        threshold: call.threshold,
        delay: call.delay,
    })
}

fn write(
    host: &mut dyn Host,
    caller: Address,
    call: &setGuardiansCall,
    terms: &Terms,
) -> Result<(), Stop> {
    let before = state::guardianship(host, caller)?;
    let from_ms = match before.current {
        0 => host.time_ms(),
        number => {
            let delay = state::terms(host, caller, number)?.delay;
            host.time_ms().saturating_add(delay.saturating_mul(1_000))
        }
    };
    let number = write_terms(host, caller, &call.guardians, terms)?;
    let after = match before.current {
        0 => Guardianship {
            current: number,
            newest: number,
            ..before
        },
        _ => Guardianship {
            next: number,
            next_from_ms: from_ms,
            newest: number,
            ..before
        },
    };
    let state = &mut state::state(host);
    GUARDIANSHIPS.at(state, caller)?.save(state, &after)?;
    state.emit(&GuardiansSet {
        account: caller,
        guardians: call.guardians.clone(),
        threshold: terms.threshold,
        delay: terms.delay,
        from: from_ms.div_ceil(1_000),
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
