//! Proof that a block is an ancestor: a path to its peak, and the other peaks.

use super::{leaf, node, root_of};
use alloy_primitives::B256;

/// That leaf `index` of a range of `size` leaves is the hash of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryProof {
    /// Leaves of the range: the height of the block that commits to it.
    pub size: u64,
    /// The leaf: the height of the older block.
    pub index: u64,
    /// Siblings from the leaf up to its peak.
    pub siblings: Vec<B256>,
    /// All other peaks, from the highest to the lowest.
    pub peaks: Vec<B256>,
}

/// Why a history proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFailure {
    /// The index is not below the size.
    #[error("leaf {index} is not in a range of {size} leaves")]
    OutOfRange {
        /// The leaf asked for.
        index: u64,
        /// Leaves of the range.
        size: u64,
    },
    /// The path has another length than the leaf's mountain is high.
    #[error("got {got} siblings, expected {expected}")]
    Siblings {
        /// Hashes in the proof.
        got: usize,
        /// Height of the mountain.
        expected: usize,
    },
    /// The count of the other peaks is not that of the range.
    #[error("got {got} other peaks, expected {expected}")]
    PeakCount {
        /// Hashes in the proof.
        got: usize,
        /// Set bits of the size, less one.
        expected: usize,
    },
    /// The proof leads to another root.
    #[error("got root {got}, expected {expected}")]
    Root {
        /// What the proof leads to.
        got: B256,
        /// What the newer block commits to.
        expected: B256,
    },
}

/// The mountain over leaf `index`: its height and the index of its first leaf.
fn mountain(size: u64, index: u64) -> Option<(u32, u64)> {
    let mut start = 0_u64;
    for height in (0..u64::BITS)
        .rev()
        .filter(|height| size >> height & 1 == 1)
    {
        if index - start < 1 << height {
            return Some((height, start));
        }
        start += 1 << height;
    }
    None
}

/// Proves leaf `index` of a range of `size` leaves. `node_at(height, i)` is the node over the leaves
/// `i * 2^height` to `(i + 1) * 2^height - 1`; see [`leaves_node`]. `None` where the leaf is not in the range or a node is not to be had.
pub fn prove(
    size: u64,
    index: u64,
    mut node_at: impl FnMut(u32, u64) -> Option<B256>,
) -> Option<HistoryProof> {
    let (top, own_start) = mountain(size, index)?;
    let siblings = (0..top)
        .map(|height| node_at(height, (index >> height) ^ 1))
        .collect::<Option<_>>()?;
    let mut peaks = Vec::new();
    let mut start = 0_u64;
    for height in (0..u64::BITS)
        .rev()
        .filter(|height| size >> height & 1 == 1)
    {
        if start != own_start {
            peaks.push(node_at(height, start >> height)?);
        }
        start = start.wrapping_add(1 << height);
    }
    Some(HistoryProof {
        size,
        index,
        siblings,
        peaks,
    })
}

/// Computes a node from the block hashes below it, for [`prove`]; costs `2^height` hashes.
pub fn leaves_node(
    height: u32,
    index: u64,
    block_hash: &mut impl FnMut(u64) -> Option<B256>,
) -> Option<B256> {
    if height == 0 {
        return block_hash(index).map(|hash| leaf(&hash));
    }
    let left = leaves_node(height - 1, index * 2, block_hash)?;
    let right = leaves_node(height - 1, index * 2 + 1, block_hash)?;
    Some(node(&left, &right))
}

/// Checks that `proof` shows `block_hash` under `root`.
///
/// # Errors
/// What does not hold; see [`HistoryFailure`].
pub fn verify(root: &B256, block_hash: &B256, proof: &HistoryProof) -> Result<(), HistoryFailure> {
    let HistoryProof {
        size,
        index,
        siblings,
        peaks,
    } = proof;
    let (top, _) = mountain(*size, *index).ok_or(HistoryFailure::OutOfRange {
        index: *index,
        size: *size,
    })?;
    if siblings.len() != top as usize {
        return Err(HistoryFailure::Siblings {
            got: siblings.len(),
            expected: top as usize,
        });
    }
    let expected = size.count_ones() as usize - 1;
    if peaks.len() != expected {
        return Err(HistoryFailure::PeakCount {
            got: peaks.len(),
            expected,
        });
    }
    let mut own = leaf(block_hash);
    for (height, sibling) in siblings.iter().enumerate() {
        own = match index >> height & 1 {
            0 => node(&own, sibling),
            _ => node(sibling, &own),
        };
    }
    let higher = (size >> top).count_ones() as usize - 1;
    let all = peaks[..higher].iter().chain([&own]).chain(&peaks[higher..]);
    let got = root_of(*size, all);
    if got != *root {
        return Err(HistoryFailure::Root {
            got,
            expected: *root,
        });
    }
    Ok(())
}
