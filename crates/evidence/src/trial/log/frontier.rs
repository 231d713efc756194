//! The right edge of a growing tree: enough to append and to tell the root.

use super::{empty_root, node};
use alloy_primitives::B256;

/// The roots of the complete subtrees that a tree consists of, the largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<B256>,
}

impl Frontier {
    /// The tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Count of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends the hash of a leaf.
    pub fn append(&mut self, leaf: B256) {
        let mut carried = leaf;
        for _ in 0..self.size.trailing_ones() {
            let left = self
                .roots
                .pop()
                .expect("one root for each set bit of the size");
            carried = node(&left, &carried);
        }
        self.roots.push(carried);
        self.size += 1;
    }

    /// The root over all leaves so far.
    pub fn root(&self) -> B256 {
        let mut roots = self.roots.iter().rev();
        let Some(last) = roots.next() else {
            return empty_root();
        };
        roots.fold(*last, |right, left| node(left, &right))
    }
}
