//! What the ledger said, and need not be asked again: for good of lots and of keys that are closed, for a while of products.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
    time::{Duration, Instant},
};

use alloy_primitives::{Address, B256};
use parking_lot::Mutex;
use theriac_sdk::packs::{Closing, Lot, Product};

use crate::packs::ledger::{Questions, Told};

/// Facts of each kind that are remembered at most.
const MOST: usize = 200_000;
/// How long it is taken for true who answers for a product.
const FRESH: Duration = Duration::from_secs(5);

/// Facts that need not be asked again.
#[derive(Default)]
pub(super) struct Facts {
    lots: Mutex<HashMap<B256, Lot>>,
    closings: Mutex<HashMap<Address, Closing>>,
    products: Mutex<HashMap<u64, (Product, Instant)>>,
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
        let products = self.products.lock();
        questions.products.retain(|gtin| match products.get(gtin) {
            Some((product, told_at)) if told_at.elapsed() < FRESH => {
                told.products.insert(*gtin, product.clone()).is_some()
            }
            Some(_) | None => true,
        });
        told
    }

    /// Where the manufacturer of a product answers, however long ago that was told.
    pub(super) fn responder(&self, gtin: u64) -> Option<String> {
        let products = self.products.lock();
        let (product, _) = products.get(&gtin)?;
        Some(product.responder.clone()).filter(|responder| !responder.is_empty())
    }

    /// Keeps what was told.
    pub(super) fn keep(&self, told: &Told) {
        keep(&self.lots, &told.lots);
        keep(&self.closings, &told.closings);
        let now = Instant::now();
        let products = told.products.iter();
        let products = products.map(|(gtin, product)| (*gtin, (product.clone(), now)));
        keep(&self.products, &products.collect());
    }
}

fn keep<K: Copy + Eq + Hash, V: Clone>(known: &Mutex<HashMap<K, V>>, told: &BTreeMap<K, V>) {
    let mut known = known.lock();
    if known.len() + told.len() > MOST {
        known.clear();
    }
    for (key, value) in told {
        known.insert(*key, value.clone());
    }
}
