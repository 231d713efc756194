//! The certificate that a block is final.

use super::{CertificateFailure, GroupKey, Purpose, namespace::namespace};
use crate::{hexadecimal, section::Signature, varint};
use alloy_primitives::B256;
use serde::{Deserialize, Serialize};

/// The group's signature over the vote to finalise a block, which a quorum of members must have cast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Finalization {
    /// Epoch of the round that finalised it.
    pub epoch: u64,
    /// View of the round that finalised it.
    pub view: u64,
    /// View of the parent proposal.
    pub parent_view: u64,
    /// The signature.
    #[serde(with = "hexadecimal")]
    pub signature: Signature,
}

impl Finalization {
    /// What the members signed: `varint(epoch) || varint(view) || varint(parent view) || block hash`.
    pub fn message(&self, block_hash: &B256) -> Vec<u8> {
        let mut message = Vec::with_capacity(62);
        varint::write(self.epoch, &mut message);
        varint::write(self.view, &mut message);
        varint::write(self.parent_view, &mut message);
        message.extend_from_slice(block_hash.as_slice());
        message
    }

    /// Checks that the members of the network finalised the block.
    ///
    /// # Errors
    /// See [`CertificateFailure`].
    pub fn verify(
        &self,
        group_key: &GroupKey,
        chain_id: u64,
        block_hash: &B256,
    ) -> Result<(), CertificateFailure> {
        let namespace = namespace(chain_id, Purpose::Finalize);
        group_key.verify(&namespace, &self.message(block_hash), &self.signature)
    }
}
