//! Builds a block: waits for work, executes what fits, seals.

use super::{
    Batches, Executed, Merkleized, Runtime, Shared,
    run::{self, Run},
    seal::Frame,
    seed, version,
};
use crate::chain::TIME_STEP_MAX_MS;
use commonware_consensus::{Heightable as _, marshal::ancestry::Ancestry};
use commonware_utils::SystemTimeExt as _;
use futures::{FutureExt as _, StreamExt as _, pin_mut, select};
use std::{collections::HashSet, sync::Arc, time::Duration};
use theriac_execution::{Transaction, TransactionRefusal};
use theriac_ledger::{
    Block,
    block::{BlockContext, Payload},
};

pub(super) async fn propose<E: Runtime>(
    shared: &Shared,
    context: (E, BlockContext),
    mut ancestry: impl Ancestry<Block>,
    batches: Batches<E>,
    payload: Option<Payload>,
) -> Option<(Block, Merkleized<E>)> {
    let (clock, context) = context;
    let parent = ancestry.next().await?.inner().clone();
    let grandparent = match parent.height().get() {
        0 => None,
        _ => Some(ancestry.next().await?.inner().clone()),
    };
    let included = shared
        .speculative
        .transactions_of_branch(parent.header().number, parent.hash());
    wait_for_work(shared, &clock, &parent, &included).await;
    let time_ms = block_time(&clock, &parent);
    let due = seed::due_round(&parent, grandparent.as_ref());
    let seed = wait_for_seed(shared, &clock, &parent, due, time_ms).await;
    let frame = Frame {
        time_ms: block_time(&clock, &parent),
        seed,
        peaks_before: run::peaks(&batches).await.ok()?,
        payload,
        context,
        parent,
    };
    build(shared, frame, batches, &included).await
}

async fn build<E: Runtime>(
    shared: &Shared,
    frame: Frame,
    batches: Batches<E>,
    included: &HashSet<alloy_primitives::B256>,
) -> Option<(Block, Merkleized<E>)> {
    version::require_known::<E>(shared, &frame.environment(), &batches)
        .await
        .ok()?;
    let mut run = Run::begin::<E>(&shared.chain, frame.environment(), &batches)
        .await
        .ok()?;
    let transactions = match frame.parent.header().number {
        0 => Vec::new(),
        _ => fill(shared, &mut run, &batches, included).await?,
    };
    let mut outcome = run.finish();
    let merkleized = frame.merkleize::<E>(&mut outcome, batches).await.ok()?;
    let raw = transactions
        .iter()
        .map(|transaction| transaction.raw.clone())
        .collect();
    let mut draft = frame.draft::<E>(shared, &outcome, &merkleized, raw);
    if let Some(tamper) = &shared.tamper {
        tamper(&mut draft);
    }
    let block = draft.seal();
    shared.speculative.insert(Arc::new(Executed {
        block: block.clone(),
        transactions,
        receipts: outcome.receipts,
    }));
    Some((block, merkleized))
}

/// Executes waiting transactions until the block is full.
async fn fill<E: Runtime>(
    shared: &Shared,
    run: &mut Run,
    batches: &Batches<E>,
    included: &HashSet<alloy_primitives::B256>,
) -> Option<Vec<Arc<Transaction>>> {
    let limits = shared.chain.limits;
    let mut chosen = Vec::new();
    let mut bytes = 0;
    for transaction in shared.mempool.candidates(included) {
        if bytes + transaction.raw.len() > limits.transactions_bytes
            || chosen.len() == limits.transactions
        {
            break;
        }
        match run.execute::<E>(&transaction, batches).await.ok()? {
            Ok(()) => {
                bytes += transaction.raw.len();
                chosen.push(transaction);
            }
            Err(TransactionRefusal::BlockGasExhausted { .. }) => break,
            Err(refusal) if refusal.is_temporary() => {}
            Err(_) => shared.mempool.discard(&transaction.hash),
        }
    }
    Some(chosen)
}

/// Resolves when a block is due: at once, but `busy_ms` after the parent, when transactions wait or the epoch is to end
/// soon, and `idle_ms` after it when none does.
async fn wait_for_work<E: Runtime>(
    shared: &Shared,
    clock: &E,
    parent: &Block,
    included: &HashSet<alloy_primitives::B256>,
) {
    let pacing = shared.chain.pacing;
    let parent_ms = parent.section().time_ms;
    sleep_until(clock, parent_ms + pacing.busy_ms).await;
    let deadline = sleep_until(clock, parent_ms + pacing.idle_ms).fuse();
    pin_mut!(deadline);
    loop {
        let arrival = shared.mempool.arrival().fuse();
        pin_mut!(arrival);
        if shared.committees.is_hurried() || shared.mempool.has_candidates(included) {
            return;
        }
        select! {
            () = deadline => return,
            () = arrival => {}
        }
    }
}

/// Waits until there is a seed that voters accept: at once in the ordinary case.
async fn wait_for_seed<E: Runtime>(
    shared: &Shared,
    clock: &E,
    parent: &Block,
    due: Option<commonware_consensus::types::Round>,
    time_ms: u64,
) -> Option<theriac_evidence::section::Seed> {
    if let Some(seed) = seed::choose(shared, parent, due, time_ms) {
        return seed;
    }
    let carried_from = parent.section().time_ms + seed::GRACE_MS;
    sleep_until(clock, carried_from).await;
    seed::choose(shared, parent, due, carried_from).flatten()
}

async fn sleep_until<E: Runtime>(clock: &E, time_ms: u64) {
    let now = now_ms(clock);
    if now < time_ms {
        clock.sleep(Duration::from_millis(time_ms - now)).await;
    }
}

fn now_ms<E: Runtime>(clock: &E) -> u64 {
    clock.current().epoch_millis()
}

/// The local clock, held between the parent's time and the largest step that voters accept.
fn block_time<E: Runtime>(clock: &E, parent: &Block) -> u64 {
    let parent_ms = parent.section().time_ms;
    now_ms(clock).clamp(parent_ms + 1, parent_ms + TIME_STEP_MAX_MS)
}
