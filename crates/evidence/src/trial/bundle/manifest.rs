//! `manifest.json`: what the bundle is about, what the ledger proves of it, and which files it has.

use crate::{
    bundle::{BlockEvidence, History, Network},
    hexadecimal,
    trial::state::{Head, Milestone},
};
use alloy_primitives::B256;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Largest manifest, in bytes.
pub const MAX_MANIFEST: u64 = 4 << 20;

/// Name and version of the format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The first and only version.
    #[default]
    #[serde(rename = "theriac-trial/1")]
    V1,
}

/// For whom the bundle is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody: all entries and counts, no value.
    Public,
    /// A journal: as the public, with the items of the outcomes.
    Journal,
    /// A regulator: everything.
    Regulator,
    /// One subject: what concerns her, and nothing of others.
    Participant,
}

/// How much of a kind of thing the bundle holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// None.
    None,
    /// Some, each with its own proof.
    Chosen,
    /// All.
    All,
}

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// Name and version of the format.
    pub format: Format,
    /// For whom it is made.
    pub audience: Audience,
    /// The network.
    pub network: Network,
    /// The block whose state is proved.
    pub block: BlockEvidence,
    /// That the block is an ancestor of a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
    /// The study.
    pub study: StudyName,
    /// The head of the study.
    pub head: HeadEvidence,
    /// How many studies the sponsor registered.
    pub register: RegisterEvidence,
    /// The seven milestones, zero where not reached.
    pub milestones: Vec<MilestoneEvidence>,
    /// Entries in `entries.bin`.
    pub entries: Extent,
    /// Records in `subjects.bin`.
    pub subjects: Extent,
    /// Openings in `forms.bin`.
    pub forms: Extent,
    /// All other files, in the order of their names.
    pub files: Vec<FileEntry>,
}

/// How a sponsor names a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StudyName {
    /// Organisation of the sponsor.
    pub organisation: u32,
    /// The sponsor's number for it.
    pub number: u32,
}

/// The head with its proofs of state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "the fields are those of `Head`")]
pub struct HeadEvidence {
    #[serde(with = "hexadecimal")]
    pub root: B256,
    #[serde(with = "hexadecimal")]
    pub sums: B256,
    pub size: u64,
    pub subjects: u32,
    pub status: u8,
    pub lists: u16,
    pub analyses: u16,
    pub plans: u16,
    /// Proofs of the three slots.
    #[serde(with = "hexadecimal::list")]
    pub proofs: Vec<Vec<u8>>,
}

impl HeadEvidence {
    /// The head with its proofs.
    pub fn new(head: &Head, proofs: Vec<Vec<u8>>) -> Self {
        let Head {
            root,
            sums,
            size,
            subjects,
            status,
            lists,
            analyses,
            plans,
            ..
        } = *head;
        Self {
            root,
            sums,
            size,
            subjects,
            status,
            lists,
            analyses,
            plans,
            proofs,
        }
    }

    /// The head as the contract stores it.
    pub fn head(&self, study: &StudyName) -> Head {
        Head {
            root: self.root,
            sums: self.sums,
            size: self.size,
            subjects: self.subjects,
            status: self.status,
            sponsor: study.organisation,
            number: study.number,
            lists: self.lists,
            analyses: self.analyses,
            plans: self.plans,
        }
    }
}

/// The sponsor's register with its proof of state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterEvidence {
    /// Studies that the sponsor registered.
    pub count: u32,
    /// Proof of the slot.
    #[serde(with = "hexadecimal")]
    pub proof: Vec<u8>,
}

/// A milestone with its proofs of state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "the fields are those of `Milestone`")]
pub struct MilestoneEvidence {
    #[serde(with = "hexadecimal")]
    pub root: B256,
    pub size: u64,
    pub height: u64,
    pub time_ms: u64,
    /// Proofs of the two slots.
    #[serde(with = "hexadecimal::list")]
    pub proofs: Vec<Vec<u8>>,
}

impl MilestoneEvidence {
    /// The milestone with its proofs.
    pub fn new(milestone: &Milestone, proofs: Vec<Vec<u8>>) -> Self {
        let Milestone {
            root,
            size,
            height,
            time_ms,
        } = *milestone;
        Self {
            root,
            size,
            height,
            time_ms,
            proofs,
        }
    }

    /// The milestone as the contract stores it.
    pub fn milestone(&self) -> Milestone {
        Milestone {
            root: self.root,
            size: self.size,
            height: self.height,
            time_ms: self.time_ms,
        }
    }
}

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// Bytes of its content.
    pub size: u64,
    /// SHA-256 of its content.
    #[serde(with = "hexadecimal")]
    pub sha256: B256,
}

/// JSON in the one form of RFC 8785, for values whose numbers are integers and whose keys are ASCII.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| key.as_str());
            let fields = fields
                .into_iter()
                .map(|(key, value)| format!("{}:{}", Value::String(key.clone()), canonical(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            format!(
                "[{}]",
                items.iter().map(canonical).collect::<Vec<_>>().join(",")
            )
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
