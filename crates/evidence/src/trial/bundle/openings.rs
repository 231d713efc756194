//! `openings.json` and `beacons.json`: what opens commitments of the log, and blocks that devices knew.

use crate::hexadecimal;
use alloy_primitives::{B256, FixedBytes};
use serde::{Deserialize, Serialize};

/// Largest of these files, in bytes.
pub const MAX_JSON: u64 = 64 << 20;

/// What opens commitments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Openings {
    /// Outcomes in words.
    pub outcomes: Vec<OutcomeOpening>,
    /// Printed names of signers.
    pub names: Vec<NameOpening>,
    /// Secrets of lists, published after unblinding.
    pub secrets: Vec<ListSecret>,
}

/// One outcome of one entry in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeOpening {
    /// The entry.
    pub entry: u64,
    /// Which of its outcomes, from 0.
    pub index: u32,
    /// The seven fields; null where the word is zero.
    pub fields: Vec<Option<SaltedText>>,
}

/// A text with the salt of its commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaltedText {
    /// 16 bytes.
    #[serde(with = "hexadecimal")]
    pub salt: FixedBytes<16>,
    /// The text.
    pub text: String,
}

/// The printed name of one signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NameOpening {
    /// The entry of the signature.
    pub entry: u64,
    /// 16 bytes.
    #[serde(with = "hexadecimal")]
    pub salt: FixedBytes<16>,
    /// The name.
    pub name: String,
}

/// The secret of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListSecret {
    /// The list.
    pub list: u16,
    /// 32 bytes.
    #[serde(with = "hexadecimal")]
    pub secret: B256,
}

/// A block that a device knew, or that a list was drawn from, shown to be an ancestor of the bundle's block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Beacon {
    /// RLP of the header.
    #[serde(with = "hexadecimal")]
    pub header: Vec<u8>,
    /// Siblings of the proof of history.
    #[serde(with = "hexadecimal::list")]
    pub siblings: Vec<B256>,
    /// Other peaks.
    #[serde(with = "hexadecimal::list")]
    pub peaks: Vec<B256>,
}

/// What a dataset of an analysis is made of: a document whose S an entry of kind 21 names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataManifest {
    /// `theriac-analysis/1`.
    pub format: String,
    /// Entry number of the lock.
    pub lock: u64,
    /// The datasets.
    pub datasets: Vec<DatasetEntry>,
}

/// One dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DatasetEntry {
    /// `datasets/NAME.ndjson` and `datasets/NAME.lineage.ndjson`.
    pub name: String,
    /// SHA-256 of the dataset.
    #[serde(with = "hexadecimal")]
    pub dataset: B256,
    /// SHA-256 of the lineage.
    #[serde(with = "hexadecimal")]
    pub lineage: B256,
}
