//! Draws from a seed. Hashes, so that a seed stays the same scenario for good.

use alloy_primitives::keccak256;
use std::{ops::Range, time::Duration};

/// The draws of one seed, in order.
pub struct Draws {
    seed: u64,
    count: u64,
}

impl Draws {
    /// The draws of `seed`.
    pub fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }

    /// A number of `range`, which is not empty.
    pub fn number(&mut self, range: Range<u64>) -> u64 {
        self.count += 1;
        let bytes = keccak256([self.seed, self.count].map(u64::to_be_bytes).concat());
        let word = u64::from_be_bytes(bytes[..8].try_into().expect("eight bytes of 32"));
        range.start + word % (range.end - range.start)
    }

    /// A time of `range_ms`.
    pub fn time(&mut self, range_ms: Range<u64>) -> Duration {
        Duration::from_millis(self.number(range_ms))
    }

    /// True once in `of` draws.
    pub fn once_in(&mut self, of: u64) -> bool {
        self.number(0..of) == 0
    }

    /// `items` in another order.
    pub fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        for last in (1..items.len()).rev() {
            let other = self.number(0..last as u64 + 1);
            items.swap(last, other as usize);
        }
        items
    }
}
