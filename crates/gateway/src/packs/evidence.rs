//! The way of a pack as a file that anyone with access to the ledger checks.

use alloy_primitives::{Address, B256};
use serde::{Deserialize, Serialize};
use theriac_contracts::packs::{CustodyProof, CustodyStep, DEPTH_LIMIT, STEP_LIMIT};

use super::label::Label;

/// The largest file, in bytes.
pub const MAX_EVIDENCE_BYTES: usize = 1 << 20;
const FORMAT: &str = "theriac-custody/1";

/// The way of a pack from its lot to the key that holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Evidence {
    format: String,
    /// The chain on which it is true.
    pub chain_id: u64,
    gtin: String,
    serial: String,
    lot: String,
    expiry: String,
    root: B256,
    membership: Vec<B256>,
    steps: Vec<StepLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct StepLine {
    key: Address,
    salt: B256,
    next: Address,
    siblings: Vec<B256>,
}

/// Why a text is no evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceFault {
    /// Longer than such a file may be.
    #[error("the file has {0} bytes, expected at most {MAX_EVIDENCE_BYTES}")]
    TooLarge(usize),
    /// Not the JSON of evidence.
    #[error("the file is not json of its form: line {line}, column {column}")]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Another format.
    #[error("the file is of another format, expected {FORMAT}")]
    Format,
    /// More steps or siblings than a proof may have.
    #[error("the proof is too long")]
    TooLong,
    /// It is of another chain.
    #[error("the file is of chain {got}, expected {expected}")]
    Chain {
        /// Its chain.
        got: u64,
        /// The chain that was asked.
        expected: u64,
    },
    /// The label is faulty.
    #[error("the label: {0}")]
    Label(#[from] theriac_standards::gs1::key::KeyError),
}

impl Evidence {
    /// The evidence of a pack.
    pub fn new(chain_id: u64, label: &Label, proof: &CustodyProof) -> Self {
        let step = |step: &CustodyStep| StepLine {
            key: step.key,
            salt: step.salt,
            next: step.next,
            siblings: step.outer.clone(),
        };
        Self {
            format: FORMAT.to_owned(),
            chain_id,
            gtin: label.gtin().to_owned(),
            serial: label.serial().to_owned(),
            lot: label.lot().to_owned(),
            expiry: label.expiry().to_owned(),
            root: proof.lot,
            membership: proof.membership.clone(),
            steps: proof.steps.iter().map(step).collect(),
        }
    }

    /// Reads a file within its bounds.
    ///
    /// # Errors
    /// [`EvidenceFault`].
    pub fn read(text: &[u8]) -> Result<Self, EvidenceFault> {
        if text.len() > MAX_EVIDENCE_BYTES {
            return Err(EvidenceFault::TooLarge(text.len()));
        }
        let evidence: Self =
            serde_json::from_slice(text).map_err(|error| EvidenceFault::Malformed {
                line: error.line(),
                column: error.column(),
            })?;
        if evidence.format != FORMAT {
            return Err(EvidenceFault::Format);
        }
        let lists = evidence.steps.iter().map(|step| step.siblings.len());
        let longest = lists
            .chain([evidence.membership.len()])
            .max()
            .unwrap_or_default();
        if evidence.steps.len() > STEP_LIMIT || longest > DEPTH_LIMIT {
            return Err(EvidenceFault::TooLong);
        }
        Ok(evidence)
    }

    /// The file.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("evidence is text, numbers and lists")
    }

    /// The pack.
    ///
    /// # Errors
    /// Where its label is faulty.
    pub fn label(&self) -> Result<Label, EvidenceFault> {
        Ok(Label::new(
            &self.gtin,
            &self.serial,
            &self.lot,
            &self.expiry,
        )?)
    }

    /// The proof.
    pub fn proof(&self) -> CustodyProof {
        let step = |step: &StepLine| CustodyStep {
            key: step.key,
            salt: step.salt,
            inner: Vec::new(),
            next: step.next,
            outer: step.siblings.clone(),
        };
        CustodyProof {
            lot: self.root,
            membership: self.membership.clone(),
            steps: self.steps.iter().map(step).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence() -> Evidence {
        let label = Label::new("04012345123456", "A1", "L7", "271100").unwrap();
        let proof = CustodyProof {
            lot: B256::repeat_byte(1),
            membership: vec![B256::repeat_byte(2)],
            steps: vec![CustodyStep {
                key: Address::repeat_byte(3),
                salt: B256::repeat_byte(4),
                inner: Vec::new(),
                next: Address::repeat_byte(5),
                outer: vec![B256::repeat_byte(6)],
            }],
        };
        Evidence::new(8_421, &label, &proof)
    }

    #[test]
    fn evidence_is_read_back() {
        let read = Evidence::read(evidence().to_json().as_bytes()).unwrap();
        assert_eq!(read, evidence());
        assert_eq!(read.proof(), evidence().proof());
        assert_eq!(read.label().unwrap().serial(), "A1");
    }

    #[test]
    fn each_fault_of_evidence_has_its_name() {
        let read = |evidence: &Evidence| Evidence::read(evidence.to_json().as_bytes());
        let malformed = Evidence::read(b"[]");
        assert!(matches!(malformed, Err(EvidenceFault::Malformed { .. })));
        let mut format = evidence();
        format.format = "other".to_owned();
        assert_eq!(read(&format), Err(EvidenceFault::Format));
        let mut long = evidence();
        long.steps = vec![long.steps[0].clone(); 17];
        assert_eq!(read(&long), Err(EvidenceFault::TooLong));
        let mut deep = evidence();
        deep.membership = vec![B256::ZERO; 65];
        assert_eq!(read(&deep), Err(EvidenceFault::TooLong));
        let large = vec![b' '; MAX_EVIDENCE_BYTES + 1];
        assert_eq!(
            Evidence::read(&large),
            Err(EvidenceFault::TooLarge(large.len()))
        );
    }
}
