//! The key of an account, a storage slot or a code in the state database.

use crate::digest::sha256;
use alloy_primitives::{Address, B256, U256};

/// A key of the state database: SHA-256 over a kind byte and what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateKey(pub [u8; 32]);

impl StateKey {
    /// `sha256(0x00 || address)`.
    pub fn account(address: &Address) -> Self {
        Self(sha256(&[&[0], address.as_slice()]).0)
    }

    /// `sha256(0x01 || address || slot)`, the slot as 32 bytes big-endian.
    pub fn slot(address: &Address, slot: U256) -> Self {
        Self(sha256(&[&[1], address.as_slice(), &slot.to_be_bytes::<32>()]).0)
    }

    /// `sha256(0x02 || code_hash)`.
    pub fn code(code_hash: &B256) -> Self {
        Self(sha256(&[&[2], code_hash.as_slice()]).0)
    }

    /// The key as a hash.
    pub const fn as_b256(&self) -> B256 {
        B256::new(self.0)
    }
}
