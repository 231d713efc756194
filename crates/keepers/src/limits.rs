//! How much each requester may have answered.

use crate::{Limits, Refusal};
use alloy_primitives::Address;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use std::time::SystemTime;

/// What requesters have left. Forgotten at a restart, which makes the next second cheaper and nothing else.
pub(crate) struct Rates {
    limits: Limits,
    left: Mutex<BTreeMap<Address, Left>>,
}

/// Openings and seals that may be answered, at a time.
#[derive(Clone, Copy)]
struct Left {
    openings: f64,
    seals: f64,
    at: SystemTime,
}

impl Rates {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            left: Mutex::default(),
        }
    }

    /// Takes one opening of so many seals from what a requester has left.
    pub(crate) fn spend(
        &self,
        requester: Address,
        seals: usize,
        now: SystemTime,
    ) -> Result<(), Refusal> {
        let (limits, mut all) = (&self.limits, self.left());
        if all.len() >= limits.requesters && !all.contains_key(&requester) {
            all.retain(|_, left| !left.refilled(limits, now).is_full(limits));
        }
        if all.len() >= limits.requesters && !all.contains_key(&requester) {
            return Err(Refusal::TooManyRequests);
        }
        let left = all.entry(requester).or_insert(Left::full(limits, now));
        *left = left.refilled(limits, now);
        if left.openings < 1.0 || left.seals < seals as f64 {
            return Err(Refusal::TooManyRequests);
        }
        left.openings -= 1.0;
        left.seals -= seals as f64;
        Ok(())
    }

    fn left(&self) -> MutexGuard<'_, BTreeMap<Address, Left>> {
        self.left.lock().expect("nothing panics while it counts")
    }
}

impl Left {
    fn full(limits: &Limits, at: SystemTime) -> Self {
        Self {
            openings: f64::from(limits.openings_burst),
            seals: f64::from(limits.seals_burst),
            at,
        }
    }

    fn refilled(&self, limits: &Limits, now: SystemTime) -> Self {
        let gone = now
            .duration_since(self.at)
            .unwrap_or_default()
            .as_secs_f64();
        let full = Self::full(limits, now);
        let openings = self.openings + gone * f64::from(limits.openings_per_second);
        let seals = self.seals + gone * f64::from(limits.seals_per_second);
        Self {
            openings: openings.min(full.openings),
            seals: seals.min(full.seals),
            at: now,
        }
    }

    fn is_full(&self, limits: &Limits) -> bool {
        let full = Self::full(limits, self.at);
        self.openings >= full.openings && self.seals >= full.seals
    }
}
