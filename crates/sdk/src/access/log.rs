//! The log of a chart, checked to be complete against the entries that stand in state.

use crate::{Client, Error, pages::pages};
use alloy_primitives::{Address, B256};
use serde::Serialize;
use theriac_contracts::{
    addresses::ACCESS,
    codes::EntryKind,
    interfaces::IAccess::{self, logEntriesCall},
    log::entry_hash,
};

/// An entry of a chart's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogEntry {
    /// Its place, dense from 0.
    pub sequence: u64,
    /// The word for what happened.
    #[serde(serialize_with = "word")]
    pub kind: EntryKind,
    /// Who acted.
    pub actor: Address,
    /// The request or grant; for rules, the index.
    pub subject: B256,
    /// The terms, rule, wrap, grantee or record, by kind.
    pub detail: B256,
    /// The height of its block.
    pub height: u64,
    /// The time of its block, in Unix milliseconds.
    pub time_ms: u64,
}

impl Client {
    /// The log of a chart in order, from its beginning. Each entry's hash is compared with state, so that a node
    /// cannot leave one out or change one without being noticed by whoever trusts its state; for more, see [`Client::chart_evidence`].
    ///
    /// # Errors
    /// `Refused` for whom is no party; `LedgerMismatch` where events and state differ; those of [`Client::call`].
    pub async fn chart_log(&self, chart: B256) -> Result<Vec<LogEntry>, Error> {
        let hashes = pages(|from, limit| async move {
            let answer = self
                .call(ACCESS, &logEntriesCall { chart, from, limit })
                .await?;
            Ok((answer.page, answer.total))
        })
        .await?;
        let events = self
            .events::<IAccess::LogEntry>(ACCESS, &[chart], 0)
            .await?;
        if events.len() < hashes.len() {
            return Err(Error::LedgerMismatch("number of log entries"));
        }
        let entries = events.iter().zip(&hashes).enumerate();
        entries
            .map(|(index, (event, hash))| checked(event, index as u64, *hash))
            .collect()
    }
}

/// An entry, if it is the one at this place whose hash is in state.
fn checked(event: &IAccess::LogEntry, sequence: u64, hash: B256) -> Result<LogEntry, Error> {
    if event.sequence != sequence || entry_hash(event) != hash {
        return Err(Error::LedgerMismatch("log entry"));
    }
    LogEntry::from_event(event)
}

impl LogEntry {
    /// # Errors
    /// `MalformedAnswer` for a kind that this release does not know.
    pub(crate) fn from_event(event: &IAccess::LogEntry) -> Result<Self, Error> {
        let kind =
            EntryKind::from_code(event.kind).ok_or(Error::MalformedAnswer("kind of log entry"))?;
        Ok(Self {
            sequence: event.sequence,
            kind,
            actor: event.actor,
            subject: event.subject,
            detail: event.detail,
            height: event.height,
            time_ms: event.timeMs,
        })
    }
}

fn word<S: serde::Serializer>(kind: &EntryKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.word())
}
