//! Erases here what the ledger orders, in final blocks and in order, and says when this node has caught up with that.

use super::{
    orders::{Orders, all_logs, blobs_of, order},
    view::View,
};
use alloy_sol_types::SolEvent as _;
use anyhow::Context as _;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use theriac_contracts::{addresses::RECORDS, interfaces::IRecords::RecordErased};
use theriac_ledger::{block::PublicKey, index::LogFilter};
use theriac_vault::{ContentId, Mailbox};
use tokio::sync::broadcast::error::RecvError;

/// A node whose last block is older than this has not caught up.
const RECENT_SECONDS: u64 = 60;
/// Between attempts after a failure, and without a new block.
const PAUSE: Duration = Duration::from_secs(5);

/// The task that erases.
pub(super) struct Erasing {
    pub(super) view: Arc<View>,
    pub(super) vault: Mailbox<PublicKey>,
    pub(super) orders: Arc<Orders>,
    /// Raised for good when the orders of all blocks but the last minute's are carried out.
    pub(super) is_caught_up: Arc<AtomicBool>,
}

impl Erasing {
    /// Follows the chain until the node stops.
    pub(super) async fn run(self) {
        let mut finalised = self.view.finalised.subscribe();
        loop {
            match self.catch_up().await {
                Ok(()) => {
                    let block = tokio::time::timeout(PAUSE, finalised.recv()).await;
                    if let Ok(Err(RecvError::Closed)) = block {
                        return;
                    }
                }
                Err(error) => {
                    let error = format!("{error:#}");
                    tracing::error!(error, "what was ordered is not erased yet");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Carries out what was ordered up to the head.
    async fn catch_up(&self) -> anyhow::Result<()> {
        let Some((head, _)) = self.view.index.head() else {
            return Ok(());
        };
        let next = self.orders.next()?;
        self.check_gap(next).await?;
        if next <= head {
            self.carry_out((next, head)).await?;
            self.orders.set_next(head + 1)?;
        }
        if self.is_recent(head)? {
            self.is_caught_up.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    async fn carry_out(&self, range: (u64, u64)) -> anyhow::Result<()> {
        let mut filter = LogFilter {
            addresses: vec![RECORDS],
            ..LogFilter::default()
        };
        filter.topics[0] = vec![RecordErased::SIGNATURE_HASH];
        for log in all_logs(&self.view.index, &filter, range)? {
            let Some(mut order) = order(&log) else {
                continue;
            };
            order.blobs = blobs_of(&self.view, &self.vault, &order).await?;
            for blob in &order.blobs {
                let erased = self.vault.erase(ContentId(blob.0)).await;
                erased.context("the vault cannot erase")?;
            }
            self.orders.note(&order)?;
            tracing::info!(record = %order.record, blobs = order.blobs.len(), "erased a record");
        }
        Ok(())
    }

    /// Orders in blocks that a state sync skipped are not known. A vault that is empty needs none of them.
    async fn check_gap(&self, next: u64) -> anyhow::Result<()> {
        let floor = self.view.index.floor()?.unwrap_or_default();
        if floor <= next.max(1) || self.is_caught_up.load(Ordering::Relaxed) {
            return Ok(());
        }
        let usage = self.vault.status().await?.usage;
        anyhow::ensure!(
            usage.blobs + usage.shards == 0,
            "blocks {next} to {} were skipped by a state sync and may hold orders to erase: stop the node, remove its \
             vault's folder and start it again; its shards are made anew from those of the other members",
            floor - 1
        );
        Ok(())
    }

    fn is_recent(&self, head: u64) -> anyhow::Result<bool> {
        let sealed = self.view.index.header(head)?;
        let time = sealed.map_or(0, |sealed| sealed.header.timestamp);
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        Ok(time + RECENT_SECONDS >= now)
    }
}
