//! Checks a block by building it again: every field must come out the same.

use super::{
    Batches, Executed, Merkleized, Runtime, Shared,
    run::{self, Run, Stale},
    seal::Frame,
    seed, version,
};
use crate::chain::{DRIFT_MS, TIME_STEP_MAX_MS};
use commonware_consensus::{CertifiableBlock as _, Heightable as _, marshal::ancestry::Ancestry};
use commonware_glue::{dkg::ReshareBlock as _, stateful::Finality};
use commonware_utils::SystemTimeExt as _;
use futures::StreamExt as _;
use std::{sync::Arc, time::Duration};
use theriac_execution::{Transaction, admit};
use theriac_ledger::Block;

pub(super) async fn process<E: Runtime>(
    shared: &Shared,
    clock: E,
    mut ancestry: impl Ancestry<Block>,
    batches: Batches<E>,
    finality: Finality,
) -> Option<Merkleized<E>> {
    let block = ancestry.next().await?.inner().clone();
    let parent = ancestry.next().await?.inner().clone();
    if finality == Finality::Candidate {
        let grandparent = match parent.height().get() {
            0 => None,
            _ => Some(ancestry.next().await?.inner().clone()),
        };
        check_time_and_seed(shared, &clock, &block, &parent, grandparent.as_ref()).await?;
    }
    let transactions = admitted(shared, &block)?;
    let frame = Frame {
        context: block.context(),
        time_ms: block.section().time_ms,
        seed: block.section().seed,
        peaks_before: run::peaks(&batches).await.ok()?,
        payload: block.payload(),
        parent,
    };
    rebuild(shared, frame, &block, transactions, batches).await
}

/// Rules that only a vote depends on.
async fn check_time_and_seed<E: Runtime>(
    shared: &Shared,
    clock: &E,
    block: &Block,
    parent: &Block,
    grandparent: Option<&Block>,
) -> Option<()> {
    let (time_ms, parent_ms) = (block.section().time_ms, parent.section().time_ms);
    if time_ms <= parent_ms || time_ms > parent_ms + TIME_STEP_MAX_MS {
        return None;
    }
    let due = seed::due_round(parent, grandparent);
    let carried = block.section().seed.as_ref();
    if !seed::acceptable(shared, parent, due, carried, time_ms) {
        return None;
    }
    let now = clock.current().epoch_millis();
    if time_ms > now + DRIFT_MS {
        clock
            .sleep(Duration::from_millis(time_ms - now - DRIFT_MS))
            .await;
    }
    Some(())
}

/// The block's transactions with their senders: from the mempool where it has them, else recovered.
fn admitted(shared: &Shared, block: &Block) -> Option<Vec<Arc<Transaction>>> {
    block
        .transactions()
        .iter()
        .map(|raw| {
            let hash = alloy_primitives::keccak256(raw);
            if let Some(known) = shared.mempool.get(&hash) {
                return Some(known);
            }
            admit(&shared.chain.spec, raw.clone()).ok().map(Arc::new)
        })
        .collect()
}

async fn rebuild<E: Runtime>(
    shared: &Shared,
    frame: Frame,
    block: &Block,
    transactions: Vec<Arc<Transaction>>,
    batches: Batches<E>,
) -> Option<Merkleized<E>> {
    if frame.parent.header().number == 0 && !transactions.is_empty() {
        return None;
    }
    version::require_known::<E>(shared, &frame.environment(), &batches)
        .await
        .ok()?;
    let mut run = Run::begin::<E>(&shared.chain, frame.environment(), &batches)
        .await
        .ok()?;
    for transaction in &transactions {
        match run.execute::<E>(transaction, &batches).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(Stale) => return None,
        }
    }
    let mut outcome = run.finish();
    let merkleized = frame.merkleize::<E>(&mut outcome, batches).await.ok()?;
    let raw = block.transactions().to_vec();
    let expected = frame.draft::<E>(shared, &outcome, &merkleized, raw).seal();
    if expected != *block {
        tracing::warn!(
            height = block.header().number,
            "a block differs from its own execution"
        );
        return None;
    }
    shared.speculative.insert(Arc::new(Executed {
        block: block.clone(),
        transactions,
        receipts: outcome.receipts,
    }));
    Some(merkleized)
}
