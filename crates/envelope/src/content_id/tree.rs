//! All leaf hashes of one blob, from which the path of any chunk is taken.

use super::{ChunkPath, Content, ContentId, chunk_count, chunk_length};
use crate::content::CHUNK_BYTES;
use sha2::{Digest, Sha256};

/// The leaf hashes of a blob: 32 bytes for each MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentTree {
    leaves: Vec<[u8; 32]>,
    length: u64,
}

impl ContentTree {
    /// The tree of a blob held in memory.
    pub fn of(bytes: &[u8]) -> Self {
        let mut leaves: Vec<_> = bytes.chunks(CHUNK_BYTES).map(leaf_hash).collect();
        if leaves.is_empty() {
            leaves.push(leaf_hash(&[]));
        }
        debug_assert_eq!(leaves.len() as u64, chunk_count(bytes.len() as u64));
        Self {
            leaves,
            length: bytes.len() as u64,
        }
    }

    /// The tree of a blob of `length` bytes whose leaf hashes are known; `None` where they are too few or too many.
    pub fn of_leaves(leaves: Vec<[u8; 32]>, length: u64) -> Option<Self> {
        (leaves.len() as u64 == chunk_count(length)).then_some(Self { leaves, length })
    }

    /// The leaf hashes, in order of the chunks.
    pub fn leaves(&self) -> &[[u8; 32]] {
        &self.leaves
    }

    /// Whether `chunk` is chunk `index` of the blob.
    pub fn proves(&self, index: u32, chunk: &[u8]) -> bool {
        chunk_length(self.length, index.into()) == Some(chunk.len())
            && self.leaves.get(index as usize) == Some(&leaf_hash(chunk))
    }

    /// The blob's id and length in bytes.
    pub fn content(&self) -> Content {
        Content {
            id: ContentId::bind(&root(&self.leaves), self.length),
            length: self.length,
        }
    }

    /// The path that proves chunk `index`, or `None` where there is no such chunk.
    pub fn path(&self, index: u32) -> Option<ChunkPath> {
        let mut leaves = self.leaves.as_slice();
        let mut position = index as usize;
        if position >= leaves.len() {
            return None;
        }
        let mut siblings = Vec::new();
        while leaves.len() > 1 {
            let (left, right) = leaves.split_at(split(leaves.len()));
            if position < left.len() {
                siblings.push(root(right));
                leaves = left;
            } else {
                siblings.push(root(left));
                position -= left.len();
                leaves = right;
            }
        }
        siblings.reverse();
        Some(ChunkPath {
            index,
            length: self.length,
            siblings,
        })
    }
}

/// Leaves of the left subtree: the largest power of two below `count` (RFC 6962, section 2.1).
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}

fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    if let [leaf] = leaves {
        return *leaf;
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    node(&root(left), &root(right))
}

pub(super) fn leaf() -> Sha256 {
    Sha256::new_with_prefix([0x00])
}

/// The leaf of a chunk: SHA-256(0x00 || chunk).
pub fn leaf_hash(chunk: &[u8]) -> [u8; 32] {
    leaf().chain_update(chunk).finalize().into()
}

pub(super) fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new_with_prefix([0x01])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}
