//! One-time keys are closed: what they held is shipped, received, unpacked or returned.

use alloy_primitives::Address;

use super::state::{self, CLOSED_IN, CLOSING_COUNT, CLOSINGS, Closing, LIST_LIMIT};
use crate::{
    addresses::PACKS,
    host::{Halt, Host, Stop},
    interfaces::IPacks::{Closed, closeCall},
    refusals::Refusal,
    signing,
    trade::{Actor, partner},
};

/// Closes keys, each once ever, with one commitment.
///
/// # Errors
/// In this order: of [`partner`], `KeyCountOutOfRange`, `ListsDiffer`, `CommitmentMissing`; for each key `KeyMissing`, `KeyTwice`,
/// `KeyClosed`; then for each key `NotSignedByKey`.
pub(super) fn close(host: &mut dyn Host, caller: Address, call: &closeCall) -> Result<(), Stop> {
    let actor = partner(host, caller)?;
    check_form(call)?;
    check_keys(host, call)?;
    for (key, signature) in call.keys.iter().zip(&call.signatures) {
        let message = signing::Closing {
            key: *key,
            commitment: call.commitment,
            document: call.document,
            account: caller,
        };
        let digest = signing::digest(host, PACKS, &message)?;
        signing::check_key(host, *key, digest, signature)?;
    }
    Ok(write(host, &actor, call)?)
}

fn check_form(call: &closeCall) -> Result<(), Refusal> {
    if !(1..=LIST_LIMIT).contains(&call.keys.len()) {
        return Err(Refusal::KeyCountOutOfRange);
    }
    if call.signatures.len() != call.keys.len() {
        return Err(Refusal::ListsDiffer);
    }
    if call.commitment.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    Ok(())
}

fn check_keys(host: &mut dyn Host, call: &closeCall) -> Result<(), Stop> {
    let state = &mut state::state(host);
    for (index, key) in call.keys.iter().enumerate() {
        if key.is_zero() {
            return Err(Refusal::KeyMissing.into());
        }
        if call.keys[..index].contains(key) {
            return Err(Refusal::KeyTwice.into());
        }
        if CLOSED_IN.at(state, *key)?.load(state)? != 0 {
            return Err(Refusal::KeyClosed.into());
        }
    }
    Ok(())
}

fn write(host: &mut dyn Host, actor: &Actor, call: &closeCall) -> Result<(), Halt> {
    let closing = Closing {
        commitment: call.commitment,
        document: call.document,
        account: actor.account,
        organisation: actor.organisation,
        height: host.height(),
        time_ms: host.time_ms(),
    };
    let state = &mut state::state(host);
    let number = CLOSING_COUNT.load(state)? + 1;
    CLOSING_COUNT.save(state, &number)?;
    CLOSINGS.at(state, number)?.save(state, &closing)?;
    for key in &call.keys {
        CLOSED_IN.at(state, *key)?.save(state, &number)?;
        state.emit(&Closed {
            key: *key,
            number,
            organisation: actor.organisation,
            account: actor.account,
            commitment: call.commitment,
            document: call.document,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
