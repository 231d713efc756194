//! What is wrong with a bundle: which part, what was got, what was expected.

use crate::{
    certificate::CertificateFailure, history::HistoryFailure, proof::ProofFailure,
    rlp::DecodeFailure,
};
use alloy_primitives::B256;
use std::fmt;

/// One of the blocks of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The block whose state proves the claims.
    Block,
    /// The newer block of the history.
    Newer,
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Block => "block",
            Self::Newer => "history.newer",
        })
    }
}

/// Why a bundle proves nothing. One failure refuses the whole bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The file is longer than a bundle may be.
    #[error("the bundle has {got} bytes, expected at most {limit}")]
    TooLarge {
        /// Bytes of the file.
        got: usize,
        /// The bound.
        limit: usize,
    },
    /// Arrays and objects are nested deeper than a bundle needs.
    #[error("the bundle is nested deeper than {limit} levels")]
    TooDeep {
        /// The bound.
        limit: usize,
    },
    /// The file names another format or version.
    #[error("the format is {got:?}, expected \"theriac-evidence/1\"; a newer program may read it")]
    UnknownFormat {
        /// What the file says.
        got: String,
    },
    /// The file is not JSON of this format.
    #[error("the bundle cannot be read: {reason}")]
    Malformed {
        /// What the reader says, with line and column.
        reason: String,
    },
    /// More items than a bundle may hold, or none.
    #[error("{field} has {got} items, expected {expected}")]
    Count {
        /// The list.
        field: String,
        /// Items in it.
        got: usize,
        /// What is expected, in words.
        expected: String,
    },
    /// The bundle is about another network.
    #[error("network.{field} is {got}, but the verifier trusts {expected}")]
    Network {
        /// The field.
        field: &'static str,
        /// What the bundle says.
        got: String,
        /// What the verifier trusts.
        expected: String,
    },
    /// The group key that the verifier trusts is none.
    #[error("the trusted group key: {0}")]
    GroupKey(CertificateFailure),
    /// A header or a section cannot be read.
    #[error("{which}: {failure}")]
    Block {
        /// The block.
        which: Which,
        /// What is wrong.
        failure: DecodeFailure,
    },
    /// A header does not fit its section.
    #[error("{which}: {field} of the section is {got}, but the header says {expected}")]
    Section {
        /// The block.
        which: Which,
        /// The field.
        field: &'static str,
        /// What the section says or hashes to.
        got: String,
        /// What the header says.
        expected: String,
    },
    /// A certificate does not hold.
    #[error("{which}.certificate: {failure}; block hash {hash}")]
    Certificate {
        /// The block.
        which: Which,
        /// Hash of the header as it is in the bundle.
        hash: B256,
        /// What is wrong.
        failure: CertificateFailure,
    },
    /// Nothing says that the newest block of the bundle is final.
    #[error("{which} has no certificate, and is not the block that the verifier knows")]
    NotFinal {
        /// The block.
        which: Which,
    },
    /// The verifier knows a newer block, and the bundle does not lead to it.
    #[error(
        "the bundle ends at height {height}, but the verifier knows height {known}; \
         ask for a bundle with the history up to there"
    )]
    OlderThanKnown {
        /// Height of the newest block of the bundle.
        height: u64,
        /// Height that the verifier knows.
        known: u64,
    },
    /// At the height that the verifier knows, the bundle has another block: one of the two chains is false.
    #[error("the block at height {height} is {got}, but the verifier knows {expected}")]
    OtherChain {
        /// The height.
        height: u64,
        /// Hash in the bundle.
        got: B256,
        /// Hash that the verifier knows.
        expected: B256,
    },
    /// The block is not shown to be an ancestor of the newer one.
    #[error("history: {0}")]
    History(HistoryFailure),
    /// A proof of state cannot be read.
    #[error("claims[{claim}].{item}: {failure}")]
    ProofMalformed {
        /// Index of the claim.
        claim: usize,
        /// The proof.
        item: String,
        /// What is wrong.
        failure: DecodeFailure,
    },
    /// A proof of state does not hold.
    #[error("claims[{claim}].{item}: {failure}")]
    Proof {
        /// Index of the claim.
        claim: usize,
        /// The proof.
        item: String,
        /// What is wrong.
        failure: ProofFailure,
    },
    /// State says something else than the claim.
    #[error("claims[{claim}].{field}: the bundle says {got}, but the ledger proves {expected}")]
    Claim {
        /// Index of the claim.
        claim: usize,
        /// The field.
        field: String,
        /// What the claim says.
        got: String,
        /// What state proves.
        expected: String,
    },
}

impl Failure {
    /// A code that programs can rely on.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "bundle-too-large",
            Self::TooDeep { .. } => "bundle-too-deep",
            Self::UnknownFormat { .. } => "format-unknown",
            Self::Malformed { .. } => "bundle-malformed",
            Self::Count { .. } => "count-out-of-bounds",
            Self::Network { .. } => "network-differs",
            Self::GroupKey(_) => "trusted-key-malformed",
            Self::Block { .. } => "block-malformed",
            Self::Section { .. } => "section-differs",
            Self::Certificate { .. } => "certificate-invalid",
            Self::NotFinal { .. } => "not-final",
            Self::OlderThanKnown { .. } => "older-than-known",
            Self::OtherChain { .. } => "other-chain",
            Self::History(_) => "history-invalid",
            Self::ProofMalformed { .. } => "proof-malformed",
            Self::Proof { .. } => "proof-invalid",
            Self::Claim { .. } => "claim-differs",
        }
    }
}
