//! Where manufacturers answer, as the ledger told last, so that one is asked while the ledger is.

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::packs::ledger::Told;

/// Products that are remembered at most.
const MOST: usize = 100_000;

/// Responders by product.
#[derive(Default)]
pub(super) struct Products(Mutex<HashMap<u64, String>>);

impl Products {
    /// The responder of a product, if it was told before.
    pub(super) fn responder(&self, gtin: u64) -> Option<String> {
        self.0.lock().get(&gtin).cloned()
    }

    /// Keeps what the ledger told.
    pub(super) fn keep(&self, told: &Told) {
        let mut known = self.0.lock();
        if known.len() >= MOST {
            known.clear();
        }
        for (gtin, product) in &told.products {
            if known.get(gtin) != Some(&product.responder) {
                known.insert(*gtin, product.responder.clone());
            }
        }
    }
}
