//! Writes final blocks to the index and tells subscribers.

use alloy_primitives::Bytes;
use futures::future::BoxFuture;
use parking_lot::Mutex;
use std::sync::Arc;
use theriac_consensus::{Executed, member::Recorder};
use theriac_execution::ExecutedReceipt;
use theriac_ledger::index::{ExecutedBlock, Index, IndexError, IndexedReceipt, IndexedTransaction};
use tokio::sync::broadcast;

/// The index of a node, and who is told of its blocks.
pub(super) struct IndexRecorder {
    index: Arc<Index>,
    finalised: broadcast::Sender<Arc<ExecutedBlock>>,
    /// True until the first block after a state sync: only then may the index have a gap below it.
    may_skip: Arc<Mutex<bool>>,
}

impl Recorder for IndexRecorder {
    fn record(&self, executed: Arc<Executed>) -> BoxFuture<'_, ()> {
        let (index, may_skip) = (self.index.clone(), self.may_skip.clone());
        Box::pin(async move {
            let store = move || store(&index, &may_skip, &executed);
            let stored = tokio::task::spawn_blocking(store).await;
            let block = match stored {
                Ok(Ok(block)) => block,
                Ok(Err(error)) => panic!("a final block cannot be stored: {error}"),
                Err(_) => panic!("storing a final block was interrupted"),
            };
            let _ = self.finalised.send(block);
        })
    }
}

impl IndexRecorder {
    /// Writes to `index` and tells `finalised`; `synced` says that the state came from other members.
    pub(super) fn new(
        index: Arc<Index>,
        finalised: broadcast::Sender<Arc<ExecutedBlock>>,
        synced: bool,
    ) -> Self {
        Self {
            index,
            finalised,
            may_skip: Arc::new(Mutex::new(synced)),
        }
    }
}

/// Makes a block durable. The first one after a state sync may start the index anew.
fn store(
    index: &Index,
    may_skip: &Mutex<bool>,
    executed: &Executed,
) -> Result<Arc<ExecutedBlock>, IndexError> {
    let block = Arc::new(indexed(executed));
    let section = Bytes::from(executed.block.section().encode());
    let certificate = Bytes::new();
    let may_skip = std::mem::take(&mut *may_skip.lock());
    match index.append(&block, &certificate, &section) {
        Err(IndexError::Gap { .. }) if may_skip => {
            index.forget()?;
            index.append(&block, &certificate, &section)?;
        }
        appended => {
            appended?;
        }
    }
    Ok(block)
}

pub(super) fn indexed(executed: &Executed) -> ExecutedBlock {
    ExecutedBlock {
        hash: executed.block.hash(),
        header: executed.block.header().clone(),
        transactions: executed
            .transactions
            .iter()
            .map(|transaction| IndexedTransaction {
                raw: transaction.raw.clone(),
                sender: transaction.sender,
                hash: transaction.hash,
            })
            .collect(),
        receipts: executed.receipts.iter().map(receipt).collect(),
    }
}

fn receipt(executed: &ExecutedReceipt) -> IndexedReceipt {
    let envelope = &executed.envelope;
    IndexedReceipt {
        kind: envelope.tx_type(),
        success: envelope.is_success(),
        cumulative_gas_used: envelope.cumulative_gas_used(),
        gas_used: executed.gas_used,
        contract_address: executed.contract_address,
        logs: envelope.logs().to_vec(),
    }
}
