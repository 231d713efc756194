//! A block: header, consensus section, key-generation payload, transactions.

use super::engine::{BlockContext, Digest, Payload, PublicKey, digest_of};
use alloy_consensus::Header;
use alloy_primitives::{B256, Bytes, keccak256};
use alloy_trie::root::ordered_trie_root_with_encoder;
use bytes::BufMut;
use commonware_codec::{Copying, DecodeExt as _, Encode as _};
use commonware_consensus::{
    Block as ConsensusBlock, CertifiableBlock, Heightable,
    types::{Epoch, Height, Round, View},
};
use commonware_cryptography::Digestible;
use commonware_glue::dkg::ReshareBlock;
use std::{fmt, sync::Arc};
use theriac_evidence::section::Section;
use thiserror::Error;

/// Why bytes or parts are not a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BlockError {
    /// The header does not decode as one Ethereum header.
    #[error("the header does not decode")]
    Header,
    /// The consensus section does not decode.
    #[error("the consensus section does not decode")]
    Section,
    /// `extraData` is not the hash of the consensus section.
    #[error("extraData is not the hash of the consensus section")]
    SectionHash,
    /// The section's payload hash is not that of the payload.
    #[error("the payload hash does not match the key-generation payload")]
    PayloadHash,
    /// The header's transaction root is not that of the transactions.
    #[error("the transaction root does not match the transactions")]
    TransactionsRoot,
    /// The leader named in the section is not a validator key.
    #[error("the leader is not an ed25519 key")]
    Leader,
    /// The section and the header name different parents, times or heights.
    #[error("the section contradicts the header")]
    Contradiction,
    /// The block exceeds the chain's bounds.
    #[error("the block is larger than the chain allows")]
    Oversize,
}

/// One block. Cheap to clone; always consistent with its own header.
#[derive(Clone)]
pub struct Block(Arc<Parts>);

struct Parts {
    header: Header,
    section: Section,
    context: BlockContext,
    payload: Option<Payload>,
    transactions: Vec<Bytes>,
    digest: Digest,
}

impl Block {
    /// Puts a block together and checks that its header commits to all the rest.
    ///
    /// # Errors
    /// A [`BlockError`] naming the first commitment that does not hold.
    pub fn new(
        header: Header,
        section: Section,
        payload: Option<Payload>,
        transactions: Vec<Bytes>,
    ) -> Result<Self, BlockError> {
        if header.extra_data.as_ref() != section.hash().as_slice() {
            return Err(BlockError::SectionHash);
        }
        if section.payload_hash != Self::payload_hash(payload.as_ref()) {
            return Err(BlockError::PayloadHash);
        }
        if header.transactions_root != Self::transactions_root(&transactions) {
            return Err(BlockError::TransactionsRoot);
        }
        let genesis = header.number == 0;
        let linked = genesis || section.parent_digest == header.parent_hash;
        if !linked
            || section.time_ms / 1000 != header.timestamp
            || section.history_size != header.number
        {
            return Err(BlockError::Contradiction);
        }
        let leader = PublicKey::decode(Copying(section.leader.as_slice()))
            .map_err(|_| BlockError::Leader)?;
        let context = BlockContext {
            round: Round::new(Epoch::new(section.epoch), View::new(section.view)),
            leader,
            parent: (
                View::new(section.parent_view),
                digest_of(section.parent_digest),
            ),
        };
        let digest = digest_of(header.hash_slow());
        Ok(Self(Arc::new(Parts {
            header,
            section,
            context,
            payload,
            transactions,
            digest,
        })))
    }

    /// Hash that a section gives for its key-generation payload; zero when there is none.
    pub fn payload_hash(payload: Option<&Payload>) -> B256 {
        payload.map_or(B256::ZERO, |payload| keccak256(payload.encode()))
    }

    /// Merkle-Patricia root of the transactions, as Ethereum has it.
    pub fn transactions_root(transactions: &[Bytes]) -> B256 {
        ordered_trie_root_with_encoder(transactions, |raw, out| out.put_slice(raw))
    }

    /// The Ethereum header.
    pub fn header(&self) -> &Header {
        &self.0.header
    }

    /// The consensus section that `extraData` commits to.
    pub fn section(&self) -> &Section {
        &self.0.section
    }

    /// Transactions in EIP-2718 form, in order.
    pub fn transactions(&self) -> &[Bytes] {
        &self.0.transactions
    }

    /// The block's Ethereum hash.
    pub fn hash(&self) -> B256 {
        B256::new(self.0.digest.0)
    }

    /// Key-generation material that the block carries.
    pub fn reshare_payload(&self) -> Option<&Payload> {
        self.0.payload.as_ref()
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "block {} {}", self.0.header.number, self.hash())
    }
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.0.digest == other.0.digest
    }
}

impl Eq for Block {}

impl Digestible for Block {
    type Digest = Digest;

    fn digest(&self) -> Digest {
        self.0.digest
    }
}

impl Heightable for Block {
    fn height(&self) -> Height {
        Height::new(self.0.header.number)
    }
}

impl ConsensusBlock for Block {
    fn parent(&self) -> Digest {
        digest_of(self.0.header.parent_hash)
    }
}

impl CertifiableBlock for Block {
    type Context = BlockContext;

    fn context(&self) -> BlockContext {
        self.0.context.clone()
    }
}

impl ReshareBlock for Block {
    type Variant = super::engine::Variant;
    type PublicKey = PublicKey;
    type Directory = super::engine::Directory;

    fn payload(&self) -> Option<Payload> {
        self.0.payload.clone()
    }
}
