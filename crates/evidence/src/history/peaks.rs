//! The peaks of the history: all that a block needs to append its parent.

use super::{leaf, node, root_of};
use alloy_primitives::{B256, U256};

/// Storage slot of the size at the history account; slot `b` holds the peak of height `b`.
pub const SIZE_SLOT: U256 = U256::from_limbs([0, 1, 0, 0]);

/// The peaks of a range; the peak of height `b` exists where bit `b` of the size is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Peaks {
    size: u64,
    by_height: Vec<Option<B256>>,
}

impl Peaks {
    /// The range without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// The range of `size` leaves; `peak` is asked for each height that has one.
    ///
    /// # Errors
    /// What `peak` fails with.
    pub fn load<E>(size: u64, mut peak: impl FnMut(u32) -> Result<B256, E>) -> Result<Self, E> {
        let heights = u64::BITS - size.leading_zeros();
        let by_height = (0..heights)
            .map(|height| (size >> height & 1 == 1).then(|| peak(height)).transpose())
            .collect::<Result<_, E>>()?;
        Ok(Self { size, by_height })
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The peak of `height`, where there is one.
    pub fn peak(&self, height: u32) -> Option<B256> {
        self.by_height.get(height as usize).copied().flatten()
    }

    /// Appends the next block.
    pub fn append(&mut self, block_hash: B256) {
        let mut carried = leaf(&block_hash);
        let mut height = 0;
        while let Some(left) = self.by_height.get_mut(height).and_then(Option::take) {
            carried = node(&left, &carried);
            height += 1;
        }
        if height == self.by_height.len() {
            self.by_height.push(None);
        }
        self.by_height[height] = Some(carried);
        self.size += 1;
    }

    /// The root over the size and the peaks.
    pub fn root(&self) -> B256 {
        root_of(self.size, self.by_height.iter().rev().flatten())
    }

    /// The storage of the history account that differs from `before`, as `(slot, value)`; zero clears the slot.
    pub fn storage_changes(&self, before: &Self) -> Vec<(U256, U256)> {
        let heights = self.by_height.len().max(before.by_height.len()) as u32;
        let mut changes: Vec<_> = (0..heights)
            .filter(|height| self.peak(*height) != before.peak(*height))
            .map(|height| {
                (
                    U256::from(height),
                    self.peak(height).unwrap_or_default().into(),
                )
            })
            .collect();
        if self.size != before.size {
            changes.push((SIZE_SLOT, U256::from(self.size)));
        }
        changes
    }
}
