//! Blocks that this node executed and that are not yet final.

use super::Executed;
use alloy_primitives::B256;
use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

/// Executed blocks by hash; clones share one table.
#[derive(Clone, Default)]
pub struct Speculative(Arc<Mutex<Table>>);

type Table = BTreeMap<(u64, B256), Arc<Executed>>;

/// Final blocks that stay in the table, so that a state root can be matched with its block.
const FINAL_KEPT: u64 = 16;

impl Speculative {
    /// Keeps an executed block.
    pub fn insert(&self, executed: Arc<Executed>) {
        let key = (executed.block.header().number, executed.block.hash());
        self.0.lock().insert(key, executed);
    }

    /// The executed block at `height` with `hash`.
    pub fn get(&self, height: u64, hash: B256) -> Option<Arc<Executed>> {
        self.0.lock().get(&(height, hash)).cloned()
    }

    /// The executed block whose state root is `root`.
    pub fn by_state_root(&self, root: B256) -> Option<Arc<Executed>> {
        let table = self.0.lock();
        table
            .values()
            .rev()
            .find(|executed| executed.block.header().state_root == root)
            .cloned()
    }

    /// Hashes of the transactions in the ancestors of `(height, hash)`, itself included, as far as
    /// this node keeps them.
    pub fn transactions_of_branch(&self, mut height: u64, mut hash: B256) -> HashSet<B256> {
        let table = self.0.lock();
        let mut hashes = HashSet::new();
        while let Some(executed) = table.get(&(height, hash)) {
            hashes.extend(
                executed
                    .transactions
                    .iter()
                    .map(|transaction| transaction.hash),
            );
            hash = executed.block.header().parent_hash;
            height = height.saturating_sub(1);
        }
        hashes
    }

    /// Forgets blocks well below a final height.
    pub fn prune(&self, final_height: u64) {
        let first = final_height.saturating_sub(FINAL_KEPT);
        let mut table = self.0.lock();
        *table = table.split_off(&(first, B256::ZERO));
    }
}
