//! When something was observed, and the block that shows it was not before.

use alloy_primitives::{B256, U256};

use crate::{
    addresses::BLOCK_HASHES,
    host::{Halt, Host, Stop},
    interfaces::ITrials,
    refusals::Refusal,
};

/// Blocks whose hashes the chain keeps (EIP-2935).
pub(super) const WINDOW: u64 = 8_191;

/// Claimed time of an observation, and a beacon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct When {
    pub(super) observed: u64,
    pub(super) beacon_height: u64,
    pub(super) beacon_hash: B256,
}

impl When {
    /// What was given, checked.
    ///
    /// # Errors
    /// In this order: `ObservedAhead`, `BeaconMalformed`, `BeaconAhead`, `BeaconDiffers`.
    pub(super) fn checked(host: &mut dyn Host, given: &ITrials::When) -> Result<Self, Stop> {
        if given.observed > host.time_ms() {
            return Err(Refusal::ObservedAhead.into());
        }
        if (given.beaconHeight == 0) != given.beaconHash.is_zero() {
            return Err(Refusal::BeaconMalformed.into());
        }
        if given.beaconHeight >= host.height() {
            return Err(Refusal::BeaconAhead.into());
        }
        if given.beaconHeight != 0 {
            check_beacon(host, given.beaconHeight, given.beaconHash)?;
        }
        Ok(Self {
            observed: given.observed,
            beacon_height: given.beaconHeight,
            beacon_hash: given.beaconHash,
        })
    }
}

/// An older beacon is shown by a proof of history, off the ledger.
fn check_beacon(host: &mut dyn Host, height: u64, hash: B256) -> Result<(), Stop> {
    match block_hash(host, height)? {
        Some(found) if found != hash => Err(Refusal::BeaconDiffers.into()),
        Some(_) | None => Ok(()),
    }
}

/// The hash of the block at `height`, if it is one of the last 8,191 before this block. Each block writes its parent's hash at the parent's height modulo
/// 8,191 before its transactions, so that within this window a slot holds the hash of this height and of no other.
pub(super) fn block_hash(host: &mut dyn Host, height: u64) -> Result<Option<B256>, Halt> {
    let now = host.height();
    if height >= now || now - height > WINDOW {
        return Ok(None);
    }
    let hash = host.sload(BLOCK_HASHES, U256::from(height % WINDOW))?;
    Ok(Some(hash.into()))
}

#[cfg(test)]
mod tests;
