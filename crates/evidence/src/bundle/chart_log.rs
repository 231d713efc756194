//! The claim that the log of a chart is complete up to the block.

use super::{Failure, report::Findings, time::utc, verify::Ledger, words};
use crate::{
    addresses::ACCESS,
    hexadecimal,
    state::{LogEntry, LogSlots},
};
use alloy_primitives::{Address, B256, U256};
use serde::{Deserialize, Serialize};

/// All entries of a chart's log, with the proof that there is no further one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChartLog {
    /// The chart's id.
    #[serde(with = "hexadecimal")]
    pub chart: B256,
    /// Count of entries.
    pub length: u64,
    /// Proof of the count.
    #[serde(with = "hexadecimal")]
    pub length_proof: Vec<u8>,
    /// The entries `0` to `length - 1`.
    pub entries: Vec<ProvedEntry>,
    /// Proof that there is no entry `length`.
    #[serde(with = "hexadecimal")]
    pub end_proof: Vec<u8>,
}

/// One entry with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProvedEntry {
    /// As the contract numbers them; see `IAccess.LogEntry`.
    pub kind: u8,
    /// Who acted.
    #[serde(with = "hexadecimal")]
    pub actor: Address,
    /// The request, grant or rule.
    #[serde(with = "hexadecimal")]
    pub subject: B256,
    /// What the kind adds.
    #[serde(with = "hexadecimal")]
    pub detail: B256,
    /// Height of the block of the entry.
    pub height: u64,
    /// Time of that block, milliseconds since 1970.
    pub time_ms: u64,
    /// Proof of the hash of the entry.
    #[serde(with = "hexadecimal")]
    pub proof: Vec<u8>,
}

impl ChartLog {
    pub(super) fn verify(
        &self,
        ledger: &Ledger<'_>,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let slots = LogSlots::of(self.chart);
        let length = ledger.word(&ACCESS, slots.length(), ("lengthProof", &self.length_proof))?;
        if U256::from(self.length) != length {
            return Err(ledger.differs("length", self.length, length));
        }
        if self.entries.len() as u64 != self.length {
            return Err(ledger.differs("entries", self.entries.len(), length));
        }
        for (sequence, entry) in (0..).zip(&self.entries) {
            let item = format!("entries[{sequence}].proof");
            let proved = ledger.word(&ACCESS, slots.entry(sequence), (&item, &entry.proof))?;
            let got = entry.hash(self.chart, sequence);
            if U256::from_be_bytes(got.0) != proved {
                let expected = B256::from(proved);
                let field = format!("entries[{sequence}]");
                return Err(ledger.differs(&field, format!("hash {got}"), expected));
            }
        }
        let end = ledger.word(
            &ACCESS,
            slots.entry(self.length),
            ("endProof", &self.end_proof),
        )?;
        if !end.is_zero() {
            return Err(ledger.differs("endProof", "no further entry", B256::from(end)));
        }
        self.tell(ledger, findings);
        Ok(())
    }

    fn tell(&self, ledger: &Ledger<'_>, findings: &mut Findings) {
        let (chart, height) = (self.chart, ledger.height());
        findings.fact(format!(
            "the log of chart {chart} has exactly {} entries up to height {height}: its requests, decisions, grants, \
             openings of seals, revocations and rules are complete",
            self.length
        ));
        for (sequence, entry) in self.entries.iter().enumerate() {
            findings.fact(format!(
                "entry {sequence}: {} by {}, height {}, {}, subject {}, detail {}",
                words::entry_kind(entry.kind),
                entry.actor,
                entry.height,
                utc(entry.time_ms),
                entry.subject,
                entry.detail,
            ));
            if let Some(opening) = words::opening(entry.kind, entry.subject) {
                findings.fact(format!("entry {sequence} is of {opening}"));
            }
        }
        findings.not_claimed(
            "what a grantee decrypted of records with direct protection: who holds the wrapped key can read without an entry",
        );
        findings
            .not_claimed("what a quorum of dishonest keepers opened together: they need no entry");
        findings.not_claimed("who the persons behind the accounts are");
        findings.not_claimed(format!("what happened to the chart after height {height}"));
    }
}

impl ProvedEntry {
    fn hash(&self, chart: B256, sequence: u64) -> B256 {
        let Self {
            kind,
            actor,
            subject,
            detail,
            height,
            time_ms,
            ..
        } = *self;
        LogEntry {
            kind,
            chart,
            sequence,
            actor,
            subject,
            detail,
            height,
            time_ms,
        }
        .hash()
    }
}
