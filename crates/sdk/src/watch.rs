//! Watches the chain as it grows: blocks, and what happens in charts. Survives a node that goes away.
//!
//! A subscription tells of new heads; events are then fetched for every height since the last one seen, so that nothing is
//! missed or told twice when the connection moves to another node.

use crate::{Client, Error, access::LogEntry, recovery::RecoveryEvent};
use alloy_primitives::{Address, B256, U64};
use alloy_rpc_types_eth::Log;
use alloy_sol_types::SolEvent;
use jsonrpsee::core::client::{Subscription, SubscriptionClientT};
use jsonrpsee::ws_client::{HeaderMap, HeaderValue, WsClient, WsClientBuilder};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::VecDeque, time::Duration};
use theriac_contracts::{
    addresses::{ACCESS, RECORDS, RECOVERY, SEALS},
    interfaces::{IAccess, IRecords, ISeals},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the network may be silent before the connection is taken for dead. It makes a block each second.
const SILENCE: Duration = Duration::from_secs(15);

/// A block that became final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// Its height.
    pub number: U64,
    /// Its hash.
    pub hash: B256,
    /// Its time in Unix seconds.
    pub timestamp: U64,
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// A block became final.
    Block(Head),
    /// An entry was made in the log of a chart, in the block told before.
    Entry {
        /// The chart.
        chart: B256,
        /// The entry.
        entry: LogEntry,
    },
    /// Someone opened sealed records in an emergency, in the block told before. The patient hears of it, and the privacy officers and
    /// administrators of the organisation that opened.
    GlassBroken {
        /// The number of the opening.
        opening: u64,
        /// The chart.
        chart: B256,
        /// Who opened.
        requester: Address,
        /// In which organisation.
        organisation: u32,
        /// The code of the purpose.
        purpose: u8,
        /// Unix seconds until which a privacy officer must review it.
        review_due: u64,
    },
    /// A record was added, in the block told before.
    Record {
        /// The record.
        record: B256,
        /// Its chart.
        chart: B256,
        /// Its author.
        author: Address,
    },
    /// Something happened in the recovery of this account, or of one that it guards, in the block told before.
    Recovery {
        /// The account whose key is at stake.
        account: Address,
        /// What happened.
        event: RecoveryEvent,
    },
}

/// What to watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Blocks only; needs no rights beyond reading blocks.
    Blocks,
    /// Blocks, what happens in charts of which this account is a party, and recoveries that concern it.
    Charts,
}

/// A watch that goes on.
pub struct Watch {
    client: Client,
    scope: Scope,
    connection: Option<Connection>,
    /// The last height told.
    seen: Option<u64>,
    ready: VecDeque<Update>,
}

/// The subscription ends with its client, so the two stay together.
struct Connection {
    heads: Subscription<Head>,
    _client: WsClient,
}

impl Client {
    /// Watches from the next block on, or from the block after `seen`.
    #[must_use]
    pub fn watch(&self, scope: Scope, seen: Option<u64>) -> Watch {
        Watch {
            client: self.clone(),
            scope,
            connection: None,
            seen,
            ready: VecDeque::new(),
        }
    }
}

impl Watch {
    /// The next update, in order of height. After an error, calling again connects anew and goes on where it was.
    ///
    /// # Errors
    /// `Unreachable` where no node can be reached; those of a call.
    pub async fn next(&mut self) -> Result<Update, Error> {
        loop {
            if let Some(update) = self.ready.pop_front() {
                return Ok(update);
            }
            if self.connection.is_none() {
                self.connection = Some(connect(&self.client).await?);
            }
            let Some(connection) = &mut self.connection else {
                continue;
            };
            match tokio::time::timeout(SILENCE, connection.heads.next()).await {
                Ok(Some(Ok(head))) => self.take(head).await?,
                Ok(Some(Err(_)) | None) | Err(_) => self.connection = None,
            }
        }
    }

    /// Queues the block and the logs of every height since the last one.
    async fn take(&mut self, head: Head) -> Result<(), Error> {
        let height: u64 = head.number.to();
        let from = self.seen.map_or(height, |seen| seen + 1);
        if from > height {
            return Ok(());
        }
        let logs = self.logs(from, height).await?;
        self.ready.push_back(Update::Block(head));
        self.ready.extend(logs.iter().filter_map(update));
        self.seen = Some(height);
        Ok(())
    }

    async fn logs(&self, from: u64, to: u64) -> Result<Vec<Log>, Error> {
        match self.scope {
            Scope::Blocks => Ok(Vec::new()),
            Scope::Charts => {
                let filter = json!({ "address": [RECORDS, ACCESS, RECOVERY, SEALS], "fromBlock": U64::from(from), "toBlock": U64::from(to) });
                self.client.nodes().request("eth_getLogs", &[filter]).await
            }
        }
    }
}

/// What a log tells; those of other kinds, and of newer releases, are left out.
fn update(log: &Log) -> Option<Update> {
    if let Ok(event) = IAccess::LogEntry::decode_log(&log.inner) {
        let entry = LogEntry::from_event(&event).ok()?;
        return Some(Update::Entry {
            chart: event.chart,
            entry,
        });
    }
    if let Some((account, event)) = RecoveryEvent::from_log(log) {
        return Some(Update::Recovery { account, event });
    }
    if let Ok(event) = ISeals::GlassBroken::decode_log(&log.inner) {
        return Some(Update::GlassBroken {
            opening: event.opening,
            chart: event.chart,
            requester: event.requester,
            organisation: event.organisation,
            purpose: event.purpose,
            review_due: event.reviewDue,
        });
    }
    let event = IRecords::RecordRegistered::decode_log(&log.inner).ok()?;
    Some(Update::Record {
        record: event.record,
        chart: event.chart,
        author: event.author,
    })
}

/// Subscribes at the first node that can be reached.
async fn connect(client: &Client) -> Result<Connection, Error> {
    let mut last = Error::MalformedAnswer("node");
    for (_, endpoint) in client.nodes().in_order() {
        // A call first, so that a token is at hand where the node wants one.
        let account = client.nodes().account().map(AsRef::as_ref);
        match endpoint.request::<Value>(account, "eth_syncing", &[]).await {
            Ok(_) => match subscribe(endpoint.base(), endpoint.token().await).await {
                Ok(connection) => return Ok(connection),
                Err(error) => last = Error::unreachable(endpoint.base(), error),
            },
            Err(error) if error.is_unreachable() => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

async fn subscribe(
    base: &str,
    token: Option<String>,
) -> Result<Connection, Box<dyn std::error::Error + Send + Sync>> {
    let mut headers = HeaderMap::new();
    if let Some(token) = token {
        headers.insert(
            "authorization",
            HeaderValue::from_str(&format!("Bearer {token}"))?,
        );
    }
    let address = base.replacen("http", "ws", 1);
    let builder = WsClientBuilder::default()
        .set_headers(headers)
        .connection_timeout(CONNECT_TIMEOUT);
    let client = builder.build(address).await?;
    let heads = client
        .subscribe("eth_subscribe", vec!["newHeads"], "eth_unsubscribe")
        .await?;
    Ok(Connection {
        heads,
        _client: client,
    })
}
