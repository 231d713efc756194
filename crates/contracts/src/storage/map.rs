//! Mappings: the value of a key begins at keccak256(key || slot).

use std::marker::PhantomData;

use alloy_primitives::U256;

use super::{Packed, Placed, State};
use crate::host::Halt;

/// A mapping of Solidity from value type `K` to the place `P`.
pub(crate) struct Map<K, P>(U256, PhantomData<(K, P)>);

impl<K, P> Map<K, P> {
    /// The state variable at this slot.
    pub(crate) const fn new(slot: u64) -> Self {
        Self(U256::from_limbs([slot, 0, 0, 0]), PhantomData)
    }

    /// Where the mapping stands.
    #[cfg(test)]
    pub(crate) fn slot(&self) -> U256 {
        self.0
    }
}

impl<K: Packed, P: Placed> Map<K, P> {
    /// The place of this key.
    pub(crate) fn at(&self, state: &mut State<'_>, key: K) -> Result<P, Halt> {
        let mut preimage = [0; 64];
        preimage[..32].copy_from_slice(&key.to_word().to_be_bytes::<32>());
        preimage[32..].copy_from_slice(&self.0.to_be_bytes::<32>());
        Ok(P::at(state.keccak(&preimage)?.into()))
    }
}

impl<K, P> Placed for Map<K, P> {
    fn at(slot: U256) -> Self {
        Self(slot, PhantomData)
    }
}
