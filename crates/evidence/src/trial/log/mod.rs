//! The tree of RFC 9162, section 2.1: roots, proofs of inclusion and of consistency.

mod consistency;
mod frontier;
mod inclusion;
mod tree;

pub use consistency::verify_consistency;
pub use frontier::Frontier;
pub use inclusion::verify_inclusion;
pub use tree::Tree;

use crate::digest::sha256;
use alloy_primitives::B256;

/// Longest path of any tree, in hashes.
pub const MAX_PATH: usize = 64;

/// The hash of a leaf: S(0x00 || data).
pub fn leaf(data: &[u8]) -> B256 {
    sha256(&[&[0], data])
}

/// The hash of an inner node: S(0x01 || left || right).
pub fn node(left: &B256, right: &B256) -> B256 {
    sha256(&[&[1], left.as_slice(), right.as_slice()])
}

/// The root of the tree without leaves: S().
pub fn empty_root() -> B256 {
    sha256(&[])
}

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogFailure {
    /// There is no such leaf.
    #[error("leaf {index} is not in a tree of {size} leaves")]
    OutOfRange {
        /// The leaf.
        index: u64,
        /// Leaves of the tree.
        size: u64,
    },
    /// A tree cannot grow from this size to that one, or a proof between them says nothing.
    #[error("no proof leads from {first} to {second} leaves")]
    Sizes {
        /// Leaves of the earlier tree.
        first: u64,
        /// Leaves of the later tree.
        second: u64,
    },
    /// The proof has another count of hashes than the shape asks for.
    #[error("the proof has {got} hashes, which is not the count for this place")]
    Length {
        /// Hashes in the proof.
        got: usize,
    },
    /// The proof leads to another root.
    #[error("the proof leads to {got}, expected {expected}")]
    Root {
        /// Where it leads.
        got: B256,
        /// The root.
        expected: B256,
    },
}

/// Fails unless both roots are the same.
fn same_root(got: B256, expected: &B256) -> Result<(), LogFailure> {
    let expected = *expected;
    if got == expected {
        Ok(())
    } else {
        Err(LogFailure::Root { got, expected })
    }
}
