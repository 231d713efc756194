//! Numbers that follow from a seed.

use alloy_primitives::{B256, keccak256};

pub struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self { seed, thrown: 0 }
    }

    pub fn hash(&mut self) -> B256 {
        self.thrown += 1;
        keccak256([self.seed.to_be_bytes(), self.thrown.to_be_bytes()].concat())
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        u64::from_be_bytes(self.hash()[..8].try_into().expect("8 bytes")) % limit
    }

    /// Whether the one of `of` came up.
    pub fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }
}
