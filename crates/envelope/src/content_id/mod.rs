//! One name for every blob: a SHA-256 Merkle root over its 1 MiB chunks, bound to its length.
//!
//! ```text
//! leaf = SHA-256(0x00 || chunk)     node = SHA-256(0x01 || left || right)     (tree shape of RFC 6962, section 2.1)
//! id   = SHA-256(0x02 || "theriac/content/v1" || length as u64 BE || root)
//! ```

mod hash;
mod id;
mod path;
mod tree;

pub use hash::ContentHasher;
pub use id::{Content, ContentId};
pub use path::{ChunkPath, PathError};
pub use tree::{ContentTree, leaf_hash};

use crate::content::CHUNK_BYTES;

/// Chunks of a blob of `length` bytes; an empty blob has one empty chunk.
pub fn chunk_count(length: u64) -> u64 {
    length.div_ceil(CHUNK_BYTES as u64).max(1)
}

/// Bytes of chunk `index` of a blob of `length` bytes, or `None` where there is no such chunk.
pub fn chunk_length(length: u64, index: u64) -> Option<usize> {
    if index >= chunk_count(length) {
        return None;
    }
    let start = index * CHUNK_BYTES as u64;
    let left = length - start;
    Some(left.min(CHUNK_BYTES as u64) as usize)
}
