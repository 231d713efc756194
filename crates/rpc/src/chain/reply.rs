//! What the node answers.

use std::{borrow::Cow, error::Error};

use alloy_eips::eip2930::AccessList;
use alloy_primitives::{B256, Bytes, U256};
use thiserror::Error;

/// The node could not answer, through no fault of the caller.
#[derive(Debug, Error)]
#[error("the node could not answer")]
pub struct ChainFailure(#[source] pub Box<dyn Error + Send + Sync>);

impl ChainFailure {
    /// A failure with its cause.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

/// A rule said no to a transaction or call, before it ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The refusal's name, such as `NonceTooLow`.
    pub name: Cow<'static, str>,
    /// What is wrong, in the words that clients look for, such as `nonce too low`.
    pub message: Cow<'static, str>,
}

/// Why a call did not return.
#[derive(Debug, Error)]
pub enum CallError {
    /// It reverted, with this data.
    #[error("execution reverted")]
    Reverted(Bytes),
    /// It stopped for another reason, such as `out of gas`.
    #[error("execution halted: {0}")]
    Halted(Cow<'static, str>),
    /// It may not run at all.
    #[error("{}", .0.message)]
    Rejected(Rejection),
    /// The node failed.
    #[error(transparent)]
    Failure(#[from] ChainFailure),
}

/// Why a transaction was not admitted.
#[derive(Debug, Error)]
pub enum SubmitError {
    /// A rule said no.
    #[error("{}", .0.message)]
    Rejected(Rejection),
    /// The node failed.
    #[error(transparent)]
    Failure(#[from] ChainFailure),
}

/// An account's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Transactions sent, or contracts created by a contract.
    pub nonce: u64,
    /// In wei.
    pub balance: U256,
    /// Keccak-256 of the code; of nothing where it has none; zero if the account is absent.
    pub code_hash: B256,
}

/// The outcome of tracing a call for its access list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessListOutcome {
    /// Accounts and slots touched.
    pub access_list: AccessList,
    /// Gas used with that list.
    pub gas_used: u64,
    /// Why the call did not succeed, if it did not.
    pub error: Option<String>,
}

/// What certifies a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Height of the certified block.
    pub height: u64,
    /// Its hash.
    pub hash: B256,
    /// Its header's RLP.
    pub header: Bytes,
    /// Its consensus section's RLP.
    pub section: Bytes,
    /// The finalization certificate, in the encoding of `docs/protocol/evidence.md`.
    pub certificate: Bytes,
}

/// How the node is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The network's public key, 96 bytes.
    pub group_key: Bytes,
    /// The first block that is here.
    pub floor: u64,
    /// Progress of a sync, while there is one.
    pub syncing: Option<SyncProgress>,
    /// The other members, as this node sees them.
    pub peers: Vec<PeerStatus>,
    /// Transactions that wait here.
    pub pending: u64,
    /// The epoch of the committee.
    pub epoch: u64,
    /// Shares that the key generation of this epoch revealed, where they are more than the network accepts: its keepers then open
    /// nothing.
    pub shares_revealed: Option<u64>,
    /// Proofs of double votes that this node holds.
    pub double_votes: u64,
    /// Validators in the committee of this epoch.
    pub committee: u64,
    /// Active validators in state, which later committees are made of.
    pub validators: u64,
    /// Proposals that can be voted on.
    pub open_proposals: u64,
    /// Versions of the protocol's rules.
    pub protocol: ProtocolStatus,
    /// Bytes that the node's stores take on disk.
    pub disk_bytes: u64,
}

/// Versions of the protocol's rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProtocolStatus {
    /// In force after the head.
    pub version: u64,
    /// The newest that this node knows.
    pub known: u64,
    /// The next one that the members decided on, and the first height that follows it.
    pub next: Option<(u64, u64)>,
}

/// Progress of a sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncProgress {
    /// Where it began.
    pub starting: u64,
    /// The head here.
    pub current: u64,
    /// The head of the network, as far as is known.
    pub highest: u64,
}

/// Another member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerStatus {
    /// Its identity key.
    pub id: B256,
    /// Whether this node is connected to it.
    pub connected: bool,
}
