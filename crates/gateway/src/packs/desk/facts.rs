//! What the ledger said once and does not change: lots, and what was handed over by keys that are closed.

use std::collections::HashMap;

use alloy_primitives::{Address, B256};
use parking_lot::Mutex;
use theriac_sdk::packs::{Closing, Lot};

use crate::packs::ledger::{Questions, Told};

/// Facts of each kind that are remembered at most.
const MOST: usize = 200_000;

/// Facts that need not be asked again.
#[derive(Default)]
pub(super) struct Facts {
    lots: Mutex<HashMap<B256, Lot>>,
    closings: Mutex<HashMap<Address, Closing>>,
}

impl Facts {
    /// Takes out of the questions what is known, and gives it as told.
    pub(super) fn answer(&self, questions: &mut Questions) -> Told {
        let mut told = Told::default();
        let lots = self.lots.lock();
        questions.lots.retain(|root| match lots.get(root) {
            Some(lot) => told.lots.insert(*root, lot.clone()).is_some(),
            None => true,
        });
        let closings = self.closings.lock();
        questions.keys.retain(|key| match closings.get(key) {
            Some(closing) => told.closings.insert(*key, closing.clone()).is_some(),
            None => true,
        });
        told
    }

    /// Keeps what was told.
    pub(super) fn keep(&self, told: &Told) {
        keep(&self.lots, &told.lots);
        keep(&self.closings, &told.closings);
    }
}

fn keep<K: Copy + Eq + std::hash::Hash, V: Clone>(
    known: &Mutex<HashMap<K, V>>,
    told: &std::collections::BTreeMap<K, V>,
) {
    let mut known = known.lock();
    if known.len() + told.len() > MOST {
        known.clear();
    }
    for (key, value) in told {
        known.entry(*key).or_insert_with(|| value.clone());
    }
}
