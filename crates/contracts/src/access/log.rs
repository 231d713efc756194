//! The log of a chart: numbered without gaps, its length in state, each entry's hash in state.

use alloy_primitives::{Address, B256, keccak256};
use alloy_sol_types::SolValue;

use super::state::{self, LOG_ENTRY, LOG_LENGTH};
use crate::{
    codes::EntryKind,
    host::{Halt, Host},
    interfaces::IAccess::LogEntry,
};

/// What is told in an entry besides its place and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub kind: EntryKind,
    /// Who acted; for a decision by rule, the controller whose rule it is; for control moved, the successor.
    pub actor: Address,
    /// The request or grant; for rules, the index.
    pub subject: B256,
    /// By kind, see `LogEntry` in `IAccess.sol`.
    pub detail: B256,
}

/// The hash of an entry as it stands in state: keccak256(abi.encode(kind, chart, sequence, actor, subject, detail, height, timeMs)).
pub fn entry_hash(log: &LogEntry) -> B256 {
    keccak256(preimage(log))
}

/// How many entries the log of a chart has: the sequence number of the next.
pub(crate) fn length(host: &mut dyn Host, chart: B256) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    LOG_LENGTH.at(state, chart)?.load(state)
}

/// Adds an entry to the log of a chart.
pub(crate) fn append(host: &mut dyn Host, chart: B256, entry: Entry) -> Result<(), Halt> {
    let (height, time_ms) = (host.height(), host.time_ms());
    let state = &mut state::state(host);
    let length = LOG_LENGTH.at(state, chart)?;
    let sequence = length.load(state)?;
    let log = LogEntry {
        chart,
        sequence,
        kind: entry.kind.code(),
        actor: entry.actor,
        subject: entry.subject,
        detail: entry.detail,
        height,
        timeMs: time_ms,
    };
    let hash = state.keccak(&preimage(&log))?;
    LOG_ENTRY
        .at(state, chart)?
        .at(state, sequence)?
        .save(state, &hash)?;
    length.save(state, &(sequence + 1))?;
    state.emit(&log)
}

fn preimage(log: &LogEntry) -> Vec<u8> {
    // `LogEntry` has the fields in another order than its event signature has topics, so they are listed here.
    let fields = (
        u16::from(log.kind),
        log.chart,
        log.sequence,
        log.actor,
        log.subject,
        log.detail,
        log.height,
        log.timeMs,
    );
    fields.abi_encode()
}

#[cfg(test)]
mod tests;
