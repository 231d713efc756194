//! A whole tree, which grows and makes proofs.

use super::{empty_root, node};
use alloy_primitives::B256;

/// All complete subtrees of a log, level by level; 64 bytes a leaf.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    levels: Vec<Vec<B256>>,
}

impl Tree {
    /// The tree over hashes of leaves.
    pub fn of(leaves: impl IntoIterator<Item = B256>) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.append(leaf));
        tree
    }

    /// Count of leaves.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The hash of a leaf.
    pub fn leaf(&self, index: u64) -> Option<B256> {
        self.levels
            .first()?
            .get(usize::try_from(index).ok()?)
            .copied()
    }

    /// Appends the hash of a leaf.
    pub fn append(&mut self, leaf: B256) {
        let mut carried = leaf;
        for height in 0.. {
            if height == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let level = &mut self.levels[height];
            level.push(carried);
            let [.., left, right] = level.as_slice() else {
                return;
            };
            if level.len() % 2 == 1 {
                return;
            }
            carried = node(left, right);
        }
    }

    /// The root over the first `size` leaves; `None` where there are fewer.
    pub fn root_at(&self, size: u64) -> Option<B256> {
        (size <= self.size()).then(|| self.range(0, size))
    }

    /// The root over all leaves.
    pub fn root(&self) -> B256 {
        self.range(0, self.size())
    }

    /// PATH(index, D[0:size]) of RFC 9162, section 2.1.3.1.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<B256>> {
        if index >= size || size > self.size() {
            return None;
        }
        let (mut start, mut end, mut path) = (0, size, Vec::new());
        while end - start > 1 {
            let middle = start + split(end - start);
            if index < middle {
                path.push(self.range(middle, end));
                end = middle;
            } else {
                path.push(self.range(start, middle));
                start = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// PROOF(first, D[0:second]) of RFC 9162, section 2.1.4.1; empty where both are the same.
    pub fn consistency(&self, first: u64, second: u64) -> Option<Vec<B256>> {
        if first == 0 || first > second || second > self.size() {
            return None;
        }
        let (mut start, mut end, mut path) = (0, second, Vec::new());
        while end != first {
            let middle = start + split(end - start);
            if first <= middle {
                path.push(self.range(middle, end));
                end = middle;
            } else {
                path.push(self.range(start, middle));
                start = middle;
            }
        }
        if start > 0 {
            path.push(self.range(start, end));
        }
        path.reverse();
        Some(path)
    }

    fn range(&self, start: u64, end: u64) -> B256 {
        match end - start {
            0 => empty_root(),
            width if width.is_power_of_two() => {
                let height = width.trailing_zeros();
                self.levels[height as usize][(start >> height) as usize]
            }
            width => {
                let middle = start + split(width);
                node(&self.range(start, middle), &self.range(middle, end))
            }
        }
    }
}

/// The largest power of two below `width`, which is at least 2.
fn split(width: u64) -> u64 {
    1 << (u64::BITS - 1 - (width - 1).leading_zeros())
}
