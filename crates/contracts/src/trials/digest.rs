//! SHA-256, charged as the precompile at address 2 is.

use alloy_primitives::B256;
use sha2::{Digest, Sha256};

use crate::host::{Halt, Host};

/// Gas of one digest.
const BASE_GAS: u64 = 60;
/// Gas of each 32-byte word, or part of one.
const WORD_GAS: u64 = 12;

/// SHA-256 of the joined parts.
pub fn sha256(parts: &[&[u8]]) -> B256 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    B256::new(hasher.finalize().into())
}

/// As [`sha256`], paid for.
///
/// # Errors
/// Out of gas.
pub(super) fn charged(host: &mut dyn Host, parts: &[&[u8]]) -> Result<B256, Halt> {
    let bytes: usize = parts.iter().map(|part| part.len()).sum();
    host.charge(BASE_GAS + WORD_GAS * bytes.div_ceil(32) as u64)?;
    Ok(sha256(parts))
}
