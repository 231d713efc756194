//! SHA-256 over parts, as state keys and the history use it.

use alloy_primitives::B256;
use sha2::{Digest, Sha256};

/// SHA-256 of the concatenation of `parts`.
pub fn sha256(parts: &[&[u8]]) -> B256 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    B256::new(hasher.finalize().into())
}
