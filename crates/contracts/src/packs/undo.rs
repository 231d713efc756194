//! An organisation undoes an exit that it entered.

use alloy_primitives::{Address, B256};

use super::{
    state::{self, EXITS, UNDOS, standing_on_pack},
    tag::undo_commitment,
};
use crate::{
    host::{Host, Stop},
    interfaces::IPacks::Undone,
    refusals::Refusal,
    trade::partner,
};

/// Gas of hashing the secret: KECCAK256 of two words.
const HASH_GAS: u64 = 42;

/// Undoes an exit within its time, with the secret. That the lot was not recalled and the pack has not expired, the caller checks.
///
/// # Errors
/// In this order: of [`partner`], `HasNotLeft`, `NotYourExit`, `ExitIsFinal`, `UndoTooLate`, `SecretDiffers`, `PackFlagged`.
pub(super) fn undo(
    host: &mut dyn Host,
    caller: Address,
    (nullifier, secret): (B256, B256),
) -> Result<(), Stop> {
    let actor = partner(host, caller)?;
    host.charge(HASH_GAS)?;
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let (place, commitment) = (EXITS.at(state, nullifier)?, UNDOS.at(state, nullifier)?);
    let (exit, expected) = (place.load(state)?, commitment.load(state)?);
    let standing = standing_on_pack(state, nullifier)?;
    if exit.kind == 0 {
        return Err(Refusal::HasNotLeft.into());
    }
    if exit.organisation != actor.organisation {
        return Err(Refusal::NotYourExit.into());
    }
    if expected.is_zero() {
        return Err(Refusal::ExitIsFinal.into());
    }
    if exit.is_settled(time_ms) {
        return Err(Refusal::UndoTooLate.into());
    }
    if undo_commitment(secret) != expected {
        return Err(Refusal::SecretDiffers.into());
    }
    if standing != 0 {
        return Err(Refusal::PackFlagged.into());
    }
    place.save(state, &exit.taken_back())?;
    commitment.save(state, &B256::ZERO)?;
    Ok(state.emit(&Undone {
        nullifier,
        organisation: actor.organisation,
        account: caller,
    })?)
}

#[cfg(test)]
mod tests;
