//! The random seed of a round, from which `prevrandao` comes.

use super::{CertificateFailure, GroupKey, Purpose, namespace::namespace};
use crate::{section::Seed, varint};
use alloy_primitives::{B256, keccak256};

/// Checks that the group signed the round of `seed`: `varint(epoch) || varint(view)`.
///
/// # Errors
/// See [`CertificateFailure`].
pub fn verify_seed(
    seed: &Seed,
    group_key: &GroupKey,
    chain_id: u64,
) -> Result<(), CertificateFailure> {
    let mut message = Vec::with_capacity(20);
    varint::write(seed.epoch, &mut message);
    varint::write(seed.view, &mut message);
    group_key.verify(
        &namespace(chain_id, Purpose::Seed),
        &message,
        &seed.signature,
    )
}

/// `prevrandao` of a block with this seed, or of a child of `parent_hash` while there is none.
pub fn prevrandao(seed: Option<&Seed>, parent_hash: &B256) -> B256 {
    seed.map_or_else(|| keccak256(parent_hash), |seed| keccak256(seed.signature))
}
