//! Names a blob as it passes by, holding one hash per level of the tree and no data.

use super::{Content, ContentId, tree};
use crate::content::CHUNK_BYTES;
use sha2::{Digest, Sha256};

/// Computes a [`ContentId`] from pieces of any size.
pub struct ContentHasher {
    leaf: Sha256,
    leaf_bytes: usize,
    leaves: u64,
    /// Roots of the perfect subtrees so far, the largest first.
    subtrees: Vec<[u8; 32]>,
    length: u64,
}

impl ContentHasher {
    /// A hasher of the empty blob.
    pub fn new() -> Self {
        Self {
            leaf: tree::leaf(),
            leaf_bytes: 0,
            leaves: 0,
            subtrees: Vec::new(),
            length: 0,
        }
    }

    /// Appends bytes.
    pub fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.leaf_bytes == CHUNK_BYTES {
                self.close_leaf();
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK_BYTES - self.leaf_bytes));
            self.leaf.update(now);
            self.leaf_bytes += now.len();
            self.length += now.len() as u64;
            bytes = later;
        }
    }

    /// The id and length of all that was appended.
    pub fn finish(mut self) -> Content {
        self.close_leaf();
        let root = self
            .subtrees
            .into_iter()
            .rev()
            .reduce(|right, left| tree::node(&left, &right));
        let root = root.expect("closing a leaf leaves at least one subtree");
        Content {
            id: ContentId::bind(&root, self.length),
            length: self.length,
        }
    }

    fn close_leaf(&mut self) {
        let leaf = std::mem::replace(&mut self.leaf, tree::leaf());
        let mut hash: [u8; 32] = leaf.finalize().into();
        // Each trailing one bit of the count is a perfect subtree that this leaf completes.
        for _ in 0..self.leaves.trailing_ones() {
            let left = self.subtrees.pop().expect("one subtree for each one bit");
            hash = tree::node(&left, &hash);
        }
        self.subtrees.push(hash);
        self.leaves += 1;
        self.leaf_bytes = 0;
    }
}

impl Default for ContentHasher {
    fn default() -> Self {
        Self::new()
    }
}
