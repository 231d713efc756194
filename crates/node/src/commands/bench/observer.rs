//! Sees what became final: asks one server for new blocks, and notes when it served each transaction's block.

use super::door::{Answer, Door, quantity};
use alloy_primitives::B256;
use anyhow::Context as _;
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinHandle;

const POLL: Duration = Duration::from_millis(10);
/// Blocks asked for at once.
const BLOCKS: u64 = 64;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// When a transaction's block was first served.
    pub(super) at: HashMap<B256, Instant>,
    pub(super) gas_used: u64,
    pub(super) blocks: u64,
}

/// Watches until it is dropped.
#[derive(Debug)]
pub(super) struct Observer {
    pub(super) seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl Observer {
    /// Begins with the block after the present one.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub(super) async fn start(door: Door) -> anyhow::Result<Self> {
        let mut height = door.quantity("eth_blockNumber").await?;
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let noted = seen.clone();
        let task = tokio::spawn(async move {
            let mut interval = tokio::time::interval(POLL);
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                interval.tick().await;
                if let Err(error) = advance(&door, &mut height, &noted).await {
                    tracing::warn!(%error, "a poll failed");
                }
            }
        });
        Ok(Self { seen, task })
    }

    /// How many transactions were seen.
    pub(super) fn count(&self) -> usize {
        self.seen.lock().at.len()
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn advance(door: &Door, height: &mut u64, seen: &Mutex<Seen>) -> anyhow::Result<()> {
    let newest = door.quantity("eth_blockNumber").await?;
    while *height < newest {
        let last = newest.min(*height + BLOCKS);
        let call = |height| {
            let params = json!([format!("{height:#x}"), false]);
            json!({ "jsonrpc": "2.0", "id": height, "method": "eth_getBlockByNumber", "params": params })
        };
        let calls: Vec<_> = (*height + 1..=last).map(call).collect();
        let answers: Vec<Answer> = door.post(Value::from(calls).to_string().into()).await?;
        let now = Instant::now();
        for answer in answers {
            note(&answer.result, now, &mut seen.lock())?;
        }
        *height = last;
    }
    Ok(())
}

fn note(block: &Value, now: Instant, seen: &mut Seen) -> anyhow::Result<()> {
    let hashes = block["transactions"]
        .as_array()
        .context("a block has transactions")?;
    for hash in hashes {
        let hash: B256 = hash.as_str().context("a hash is text")?.parse()?;
        seen.at.insert(hash, now);
    }
    if !hashes.is_empty() {
        seen.gas_used += quantity(&block["gasUsed"])?;
        seen.blocks += 1;
    }
    Ok(())
}
