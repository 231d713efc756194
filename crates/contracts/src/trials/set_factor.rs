//! An account sets its second key.

use alloy_primitives::Address;

use super::state::{self, FACTORS, Factor};
use crate::{
    addresses::TRIALS,
    directory::standing::standing,
    host::{Halt, Host, Stop},
    interfaces::ITrials::{FactorSet, setFactorCall},
    refusals::Refusal,
    signing::{self, check_key, digest},
};

/// Sets the caller's second key; it counts from the next block on.
///
/// # Errors
/// In this order: of [`standing`], `FactorMalformed`, `NotSignedByKey` (the new key, then the one before it).
pub(super) fn set_factor(
    host: &mut dyn Host,
    caller: Address,
    call: &setFactorCall,
) -> Result<(), Stop> {
    standing(host, caller)?;
    let before = load(host, caller)?;
    if call.factor.is_zero() || call.factor == caller || call.factor == before.key {
        return Err(Refusal::FactorMalformed.into());
    }
    let message = signing::Factor {
        account: caller,
        factor: call.factor,
    };
    let digest = digest(host, TRIALS, &message)?;
    check_key(host, call.factor, digest, &call.signature)?;
    if !before.key.is_zero() {
        check_key(host, before.key, digest, &call.former)?;
    }
    let factor = Factor {
        key: call.factor,
        height: host.height(),
    };
    let state = &mut state::state(host);
    FACTORS.at(state, caller)?.save(state, &factor)?;
    Ok(state.emit(&FactorSet {
        account: caller,
        factor: call.factor,
    })?)
}

/// The second key of an account; zeros where it has none.
pub(super) fn load(host: &mut dyn Host, account: Address) -> Result<Factor, Halt> {
    let state = &mut state::state(host);
    FACTORS.at(state, account)?.load(state)
}

#[cfg(test)]
mod tests;
