//! Two signed votes that contradict each other: a file that anyone can check who knows the voter's identity.

use super::{Kind, Signed, Statement, namespace};
use alloy_primitives::B256;
use commonware_codec::{Copying, DecodeExt as _, Encode as _};
use commonware_cryptography::ed25519;
use serde::{Deserialize, Serialize};
use theriac_ledger::block::PublicKey;
use thiserror::Error;

const VERSION: u32 = 1;
const FORMAT: &str = "theriac/double-vote";
/// The longest file that is read, in bytes.
const SIZE_MAX: usize = 16 << 10;

/// A validator's double vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The network.
    pub chain_id: u64,
    /// One vote.
    pub first: Signed,
    /// The other.
    pub second: Signed,
}

/// The file proves nothing.
#[derive(Debug, Error)]
pub enum ProofError {
    /// Too long to be read.
    #[error("expected at most {SIZE_MAX} bytes, got {0}")]
    Size(usize),
    /// Not the JSON of a proof.
    #[error("not a proof of a double vote: {0}")]
    Syntax(#[source] serde_json::Error),
    /// Another format, or another version of it.
    #[error("expected format {FORMAT} of version {VERSION}, got {format} of version {version}")]
    Format {
        /// The format found.
        format: String,
        /// Its version.
        version: u32,
    },
    /// A field is not in the one way in which it is written.
    #[error("field {0} of the proof is malformed")]
    Field(&'static str),
    /// The votes are of another network.
    #[error("expected votes of chain {expected}, got {got}")]
    Chain {
        /// The verifier's network.
        expected: u64,
        /// The proof's.
        got: u64,
    },
    /// An honest validator may cast both votes.
    #[error("the two votes do not contradict each other")]
    Consistent,
    /// Someone else made one of the votes up.
    #[error("the {0} vote is not signed by the validator")]
    Signature(&'static str),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Document {
    format: String,
    version: u32,
    chain_id: u64,
    /// The validator's ed25519 identity, 64 hex digits.
    validator: String,
    epoch: u64,
    view: u64,
    first: VoteDocument,
    second: VoteDocument,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct VoteDocument {
    vote: String,
    /// Hash of the block, absent when the view is to be left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    block: Option<B256>,
    signature: String,
}

impl Proof {
    /// The proof in two signed votes of one voter, when they contradict each other.
    pub fn of(chain_id: u64, first: &Signed, second: &Signed) -> Option<Self> {
        let contradict =
            first.voter == second.voter && first.statement.contradicts(&second.statement);
        contradict.then(|| Self {
            chain_id,
            first: first.clone(),
            second: second.clone(),
        })
    }

    /// Whose double vote it is.
    pub fn validator(&self) -> &PublicKey {
        &self.first.voter
    }

    /// Checks the proof for the network `chain_id`: both votes are the validator's, and no honest one casts both.
    ///
    /// # Errors
    /// [`ProofError::Chain`], [`ProofError::Consistent`] and [`ProofError::Signature`], in this order.
    pub fn verify(&self, chain_id: u64) -> Result<(), ProofError> {
        if self.chain_id != chain_id {
            return Err(ProofError::Chain {
                expected: chain_id,
                got: self.chain_id,
            });
        }
        if Self::of(chain_id, &self.first, &self.second).is_none() {
            return Err(ProofError::Consistent);
        }
        let namespace = namespace(chain_id);
        for (vote, name) in [(&self.first, "first"), (&self.second, "second")] {
            if !vote.holds(&namespace) {
                return Err(ProofError::Signature(name));
            }
        }
        Ok(())
    }

    /// The file.
    pub fn to_json(&self) -> String {
        let statement = &self.first.statement;
        let document = Document {
            format: FORMAT.into(),
            version: VERSION,
            chain_id: self.chain_id,
            validator: hex::encode(self.validator().encode()),
            epoch: statement.epoch,
            view: statement.view,
            first: vote_document(&self.first),
            second: vote_document(&self.second),
        };
        let mut json = serde_json::to_string_pretty(&document).expect("numbers and text");
        json.push('\n');
        json
    }

    /// Whether `json` calls itself a proof of a double vote.
    pub fn is_one(json: &[u8]) -> bool {
        #[derive(Deserialize)]
        struct Titled {
            format: String,
        }
        json.len() <= SIZE_MAX
            && serde_json::from_slice::<Titled>(json).is_ok_and(|titled| titled.format == FORMAT)
    }

    /// Reads a file; it is not checked yet.
    ///
    /// # Errors
    /// [`ProofError::Size`], [`ProofError::Syntax`], [`ProofError::Format`] and [`ProofError::Field`].
    pub fn parse(json: &[u8]) -> Result<Self, ProofError> {
        if json.len() > SIZE_MAX {
            return Err(ProofError::Size(json.len()));
        }
        let document: Document = serde_json::from_slice(json).map_err(ProofError::Syntax)?;
        if document.format != FORMAT || document.version != VERSION {
            return Err(ProofError::Format {
                format: document.format,
                version: document.version,
            });
        }
        let voter = bytes_of(&document.validator)
            .and_then(|bytes| PublicKey::decode(Copying(&bytes)).ok())
            .ok_or(ProofError::Field("validator"))?;
        let signed = |vote: &VoteDocument, field| {
            signed_of(&document, voter.clone(), vote).ok_or(ProofError::Field(field))
        };
        Ok(Self {
            chain_id: document.chain_id,
            first: signed(&document.first, "first")?,
            second: signed(&document.second, "second")?,
        })
    }
}

fn vote_document(vote: &Signed) -> VoteDocument {
    let statement = &vote.statement;
    VoteDocument {
        vote: statement.kind.name().into(),
        block: (statement.kind != Kind::Nullify).then_some(statement.block),
        signature: hex::encode(vote.signature.encode()),
    }
}

fn signed_of(document: &Document, voter: PublicKey, vote: &VoteDocument) -> Option<Signed> {
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == vote.vote)?;
    let block = match (kind, vote.block) {
        (Kind::Nullify, None) => B256::ZERO,
        (Kind::Notarize | Kind::Finalize, Some(block)) => block,
        (Kind::Nullify, Some(_)) | (Kind::Notarize | Kind::Finalize, None) => return None,
    };
    let signature = bytes_of(&vote.signature)?;
    Some(Signed {
        voter,
        statement: Statement {
            epoch: document.epoch,
            view: document.view,
            kind,
            block,
        },
        signature: ed25519::Signature::decode(Copying(&signature)).ok()?,
    })
}

/// The bytes of lower-case hex digits.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(text).ok()?;
    (hex::encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests;
