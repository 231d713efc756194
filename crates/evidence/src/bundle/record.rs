//! The claim that a record was registered with a commitment at a height and time.

use super::{Failure, report::Findings, time::utc, verify::Ledger, words};
use crate::{
    addresses::RECORDS,
    digest::sha256,
    hexadecimal,
    state::{RecordSlots, RecordState},
};
use alloy_primitives::{B256, U256};
use serde::{Deserialize, Serialize};

/// What goes before the salt in the hash of a commitment.
const COMMITMENT_TAG: &[u8] = b"theriac/commitment/v1";

/// A record as the ledger holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordRegistered {
    /// The record's id.
    #[serde(with = "hexadecimal")]
    pub record: B256,
    /// What the ledger holds of it.
    pub state: RecordState,
    /// The salt of the commitment, where the audience may check it: `sha256(tag || salt || content id)`.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "hexadecimal::optional"
    )]
    pub salt: Option<B256>,
    /// Proofs of the six storage slots, in their order.
    #[serde(with = "hexadecimal::list")]
    pub proofs: Vec<Vec<u8>>,
}

impl RecordRegistered {
    pub(super) fn verify(
        &self,
        ledger: &Ledger<'_>,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let slots = RecordSlots::of(self.record);
        let mut words = [U256::ZERO; 6];
        for (offset, (word, proof)) in words.iter_mut().zip(&self.proofs).enumerate() {
            let item = format!("proofs[{offset}]");
            *word = ledger.word(&RECORDS, slots.at(offset as u64), (&item, proof))?;
        }
        let proved = RecordState::from_words(words);
        if proved.registered_height == 0 {
            return Err(ledger.differs("record", self.record, "no such record"));
        }
        self.compare(&proved, ledger)?;
        self.check_salt(ledger)?;
        self.tell(findings);
        Ok(())
    }

    fn compare(&self, proved: &RecordState, ledger: &Ledger<'_>) -> Result<(), Failure> {
        let (got, expected) = (self.state.fields(), proved.fields());
        for ((field, got), (_, expected)) in got.into_iter().zip(expected) {
            if got != expected {
                return Err(ledger.differs(&format!("state.{field}"), got, expected));
            }
        }
        Ok(())
    }

    fn check_salt(&self, ledger: &Ledger<'_>) -> Result<(), Failure> {
        let Some(salt) = self.salt else { return Ok(()) };
        let content_id = self.state.content_id;
        let got = sha256(&[COMMITMENT_TAG, salt.as_slice(), content_id.as_slice()]);
        if got != self.state.commitment {
            return Err(ledger.differs("salt", format!("commitment {got}"), self.state.commitment));
        }
        Ok(())
    }

    fn tell(&self, findings: &mut Findings) {
        let RecordState {
            author,
            chart,
            version,
            ..
        } = self.state;
        let [kind, protection, status] = [
            words::record_kind(self.state.kind),
            words::protection(self.state.protection),
            words::record_status(self.state.status),
        ];
        let registered = utc(self.state.registered_time_ms);
        let (height, commitment) = (self.state.registered_height, self.state.commitment);
        findings.fact(format!(
            "record {} of chart {chart} was registered at height {height}, {registered}, by {author}; \
             kind {kind}, protection {protection}",
            self.record
        ));
        findings.fact(match version {
            1 => format!("its commitment is {commitment}, unchanged since it was registered"),
            _ => format!("its commitment is {commitment}, of version {version}"),
        });
        let changed = utc(self.state.changed_time_ms);
        let at = self.state.changed_height;
        findings.fact(format!(
            "its status is {status}; last change at height {at}, {changed}"
        ));
        if self.salt.is_some() {
            let content = self.state.content_id;
            findings.fact(format!(
                "the commitment is one to the content id {content}, as the salt shows"
            ));
        } else {
            findings.not_claimed("what the commitment commits to: its salt is not in this bundle");
        }
        if version > 1 {
            findings.not_claimed("the commitments of earlier versions of the record");
        }
        findings.not_claimed("that the content of the record is true");
    }
}

impl RecordState {
    /// Names as in the bundle, with the values as text, in the order of the storage slots.
    fn fields(&self) -> [(&'static str, String); 13] {
        [
            ("commitment", self.commitment.to_string()),
            ("contentId", self.content_id.to_string()),
            ("wrapId", self.wrap_id.to_string()),
            ("chart", self.chart.to_string()),
            ("author", self.author.to_string()),
            ("kind", self.kind.to_string()),
            ("protection", self.protection.to_string()),
            ("status", self.status.to_string()),
            ("version", self.version.to_string()),
            ("registeredHeight", self.registered_height.to_string()),
            ("registeredTimeMs", self.registered_time_ms.to_string()),
            ("changedHeight", self.changed_height.to_string()),
            ("changedTimeMs", self.changed_time_ms.to_string()),
        ]
    }
}
