//! What state names of a record in the vault.

use alloy_primitives::B256;

use super::{
    register::FIRST_VERSION,
    state::{self, VERSIONS},
};
use crate::{
    host::{Halt, Host},
    seals,
};

/// The content ids of all versions of a record: ciphertexts, wraps to the controller, and sealed keys where it is sealed.
///
/// # Errors
/// Any [`Halt`].
pub fn named_blobs(host: &mut dyn Host, record: B256) -> Result<Vec<B256>, Halt> {
    let Some(found) = state::record(host, record)? else {
        return Ok(Vec::new());
    };
    let mut blobs = Vec::new();
    for version in FIRST_VERSION..found.version {
        let state = &mut state::state(host);
        let replaced = VERSIONS.at(state, record)?.at(state, version)?;
        let replaced = replaced.load(state)?;
        blobs.extend([replaced.content_id, replaced.wrap_id]);
    }
    blobs.extend([found.content_id, found.wrap_id]);
    for version in FIRST_VERSION..=found.version {
        blobs.push(seals::sealed_key(host, record, version)?);
    }
    blobs.retain(|blob| !blob.is_zero());
    Ok(blobs)
}

#[cfg(test)]
mod tests;
