//! The evidence bundle: a file that proves facts of one network to whoever knows its group key.
//!
//! JSON in UTF-8; numbers are plain, bytes are lower-case hexadecimal with `0x`; an unknown field is refused.

mod block;
mod build;
mod chart_log;
mod failure;
mod limits;
mod record;
mod report;
mod time;
mod verify;
mod words;

pub use block::{BlockEvidence, BlockFacts};
pub use build::{build, parse};
pub use chart_log::{ChartLog, ProvedEntry};
pub use failure::{Failure, Which};
pub use limits::{MAX_BYTES, MAX_CLAIMS, MAX_DEPTH, MAX_ENTRIES};
pub use record::RecordRegistered;
pub use report::Report;
pub(crate) use time::utc;
pub use verify::{Trusted, verify};
pub(crate) use verify::{check_network, limit_of_trust, open_chain, state_word};

use crate::{certificate::GroupKeyBytes, hexadecimal};
use alloy_primitives::B256;
use serde::{Deserialize, Serialize};

/// Name and version of the format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The first and only version.
    #[default]
    #[serde(rename = "theriac-evidence/1")]
    V1,
}

/// All that the file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bundle {
    /// Name and version of the format.
    pub format: Format,
    /// The network that the facts are about.
    pub network: Network,
    /// The block whose state proves the claims.
    pub block: BlockEvidence,
    /// What is claimed.
    pub claims: Vec<Claim>,
    /// Proof that the block is an ancestor of a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
}

/// The network as the maker of the bundle names it; the verifier compares it with what it trusts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Network {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// The group key.
    #[serde(with = "hexadecimal")]
    pub group_key: GroupKeyBytes,
}

/// One claim with its proofs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(clippy::large_enum_variant, reason = "a bundle has few claims")]
pub enum Claim {
    /// A record was registered with this commitment at this height and time.
    RecordRegistered(RecordRegistered),
    /// The log of a chart is complete up to the block.
    ChartLog(ChartLog),
}

/// That the block is an ancestor of a newer block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct History {
    /// The newer block.
    pub newer: BlockEvidence,
    /// Siblings from the leaf of the older block up to its peak.
    #[serde(with = "hexadecimal::list")]
    pub siblings: Vec<B256>,
    /// All other peaks of the newer block's history, from the highest to the lowest.
    #[serde(with = "hexadecimal::list")]
    pub peaks: Vec<B256>,
}
