//! SHA-256 over joined bytes: S(...) of docs/protocol/trials.md.

use alloy_primitives::B256;
use sha2::{Digest as _, Sha256};

pub(super) fn sha256(parts: &[&[u8]]) -> B256 {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    B256::from_slice(&hasher.finalize())
}
