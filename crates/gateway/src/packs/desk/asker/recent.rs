//! What the ledger told within the last second and may change later.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use alloy_primitives::Address;
use theriac_sdk::packs::{Flag, Product};

use crate::packs::ledger::{Questions, Told};

/// How long it is believed: the age of the last block in a network at rest.
const FRESH: Duration = Duration::from_secs(1);
/// How long no newer flags are asked for: a recall is seen so much later.
const FLAGS_FRESH: Duration = Duration::from_millis(200);
/// Of each kind at most; then all of that kind is forgotten.
const MOST: usize = 100_000;

/// What was told.
#[derive(Default)]
pub(super) struct Recent {
    open_keys: HashMap<Address, Instant>,
    /// Products, or that there was none.
    products: HashMap<u64, (Instant, Option<Product>)>,
    newer: Option<Newer>,
}

/// Flags of the network from a number on.
struct Newer {
    asked: Instant,
    from: u64,
    flags: Vec<Flag>,
}

impl Recent {
    /// What is known of the answers to these questions, and all questions that are open.
    pub(super) fn split<'a>(
        &self,
        asked: impl Iterator<Item = &'a Questions>,
        now: Instant,
    ) -> (Told, Questions) {
        let is_fresh = |at: &Instant| now.saturating_duration_since(*at) < FRESH;
        let (mut told, mut open) = (Told::default(), Questions::default());
        for questions in asked {
            open.add(questions);
        }
        open.keys
            .retain(|key| !self.open_keys.get(key).is_some_and(is_fresh));
        open.products.retain(|gtin| match self.products.get(gtin) {
            Some((at, product)) if is_fresh(at) => {
                let product = product.clone().map(|product| (*gtin, product));
                told.products.extend(product);
                false
            }
            Some(_) | None => true,
        });
        let age = |newer: &Newer| now.saturating_duration_since(newer.asked);
        let known = self.newer.as_ref().filter(|newer| {
            age(newer) < FLAGS_FRESH && open.newer.is_some_and(|from| newer.from <= from)
        });
        if let Some(newer) = known {
            told.newer = newer.flags.clone();
            open.newer = None;
        }
        (told, open)
    }

    /// Keeps what was told to questions that were asked at `now`.
    pub(super) fn keep(&mut self, questions: &Questions, told: &Told, now: Instant) {
        if self.open_keys.len() + questions.keys.len() > MOST {
            self.open_keys.clear();
        }
        for key in &questions.keys {
            match told.closings.contains_key(key) {
                true => drop(self.open_keys.remove(key)),
                false => drop(self.open_keys.insert(*key, now)),
            }
        }
        if let Some(from) = questions.newer {
            self.newer = Some(Newer {
                asked: now,
                from,
                flags: told.newer.clone(),
            });
        }
        if self.products.len() + questions.products.len() > MOST {
            self.products.clear();
        }
        for gtin in &questions.products {
            let product = told.products.get(gtin).cloned();
            self.products.insert(*gtin, (now, product));
        }
    }
}

#[cfg(test)]
mod tests;
