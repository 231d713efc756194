//! What state names of a record in the vault.

use alloy_primitives::B256;

use super::state;
use crate::{
    host::{Halt, Host},
    seals,
};

/// The content ids that state holds of a record: ciphertext and wrap of its newest version, and the sealed keys of all versions.
/// Those of earlier ciphertexts and wraps are in its events alone.
///
/// # Errors
/// Any [`Halt`].
pub fn named_blobs(host: &mut dyn Host, record: B256) -> Result<Vec<B256>, Halt> {
    let Some(found) = state::record(host, record)? else {
        return Ok(Vec::new());
    };
    let mut blobs = vec![found.content_id, found.wrap_id];
    for version in 1..=found.version {
        blobs.push(seals::sealed_key(host, record, version)?);
    }
    Ok(blobs)
}
