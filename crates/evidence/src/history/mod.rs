//! The history: a Merkle mountain range over the hashes of all earlier blocks.
//!
//! Block `h` commits to the range of the blocks `0` to `h - 1`, leaf `i` being the hash of block `i`.
//! leaf = `sha256(0x00 || hash)`, node = `sha256(0x01 || left || right)`, root = `sha256(0x02 || size || peaks)`,
//! the size as 8 bytes big-endian and the peaks from the highest to the lowest. The mountains of a range of `size` leaves are
//! the bits of `size`, the highest first; the mountain of bit `b` is a full binary tree over `2^b` leaves.

mod peaks;
mod proof;
#[cfg(test)]
mod tests;

pub use peaks::{Peaks, SIZE_SLOT};
pub use proof::{HistoryFailure, HistoryProof, leaves_node, prove, verify};

use crate::digest::sha256;
use alloy_primitives::B256;

/// The leaf of a block.
pub fn leaf(block_hash: &B256) -> B256 {
    sha256(&[&[0], block_hash.as_slice()])
}

/// The parent of two nodes.
pub fn node(left: &B256, right: &B256) -> B256 {
    sha256(&[&[1], left.as_slice(), right.as_slice()])
}

/// The root of a range of `size` leaves with `peaks` from the highest to the lowest.
fn root_of<'a>(size: u64, peaks: impl Iterator<Item = &'a B256>) -> B256 {
    let mut bytes = vec![2];
    bytes.extend_from_slice(&size.to_be_bytes());
    peaks.for_each(|peak| bytes.extend_from_slice(peak.as_slice()));
    sha256(&[&bytes])
}
