//! An entry of a chart's log and the hash that state holds of it.

use alloy_primitives::{Address, B256, keccak256};

/// An entry as the contract `access` hashes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogEntry {
    /// As the contract numbers them.
    pub kind: u8,
    /// The chart.
    pub chart: B256,
    /// Place in the log, from 0.
    pub sequence: u64,
    /// Who acted.
    pub actor: Address,
    /// The request, grant or rule.
    pub subject: B256,
    /// What the kind adds.
    pub detail: B256,
    /// Height of the block of the entry.
    pub height: u64,
    /// Time of that block, milliseconds since 1970.
    pub time_ms: u64,
}

impl LogEntry {
    /// `keccak256(abi.encode(kind, chart, sequence, actor, subject, detail, height, timeMs))`: eight words of 32 bytes.
    pub fn hash(&self) -> B256 {
        let number = |number: u64| B256::left_padding_from(&number.to_be_bytes());
        let words = [
            number(self.kind.into()),
            self.chart,
            number(self.sequence),
            self.actor.into_word(),
            self.subject,
            self.detail,
            number(self.height),
            number(self.time_ms),
        ];
        keccak256(words.concat())
    }
}
