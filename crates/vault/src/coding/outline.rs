//! A blob's leaf hashes, checked against its content id once, by which each of its chunks is known again.

use bytes::Bytes;
use std::ops::Range;
use theriac_envelope::content_id::{chunk_count, chunk_length};
use theriac_envelope::{CHUNK_BYTES, Content, ContentId, ContentTree, MAX_CIPHERTEXT_BYTES};

/// What tells right chunks of a blob from wrong ones.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    content: Content,
    tree: ContentTree,
}

impl Outline {
    /// The outline of a blob, or `None` where length and leaves do not have its id.
    pub(crate) fn of(id: ContentId, length: u64, leaves: &[u8]) -> Option<Self> {
        let (leaves, rest) = leaves.as_chunks::<32>();
        if length > MAX_CIPHERTEXT_BYTES || !rest.is_empty() {
            return None;
        }
        let tree = ContentTree::of_leaves(leaves.to_vec(), length)?;
        let content = tree.content();
        (content.id == id).then_some(Self { content, tree })
    }

    /// The blob.
    pub(crate) fn content(&self) -> Content {
        self.content
    }

    /// Its stripes, which are its chunks.
    pub(crate) fn stripes(&self) -> u32 {
        chunk_count(self.content.length) as u32
    }

    /// Bytes of a stripe's chunk.
    pub(crate) fn chunk_bytes(&self, stripe: u32) -> Option<usize> {
        chunk_length(self.content.length, stripe.into())
    }

    /// Whether these are the bytes of that stripe's chunk.
    pub(crate) fn proves(&self, stripe: u32, chunk: &[u8]) -> bool {
        self.tree.proves(stripe, chunk)
    }

    /// The leaf hashes, one after another.
    pub(crate) fn leaves(&self) -> &[u8] {
        self.tree.leaves().as_flattened()
    }
}

/// The stripes that hold these bytes of a blob.
pub(crate) fn stripes_of(range: &Range<u64>) -> Range<u32> {
    let chunk = CHUNK_BYTES as u64;
    (range.start / chunk) as u32..range.end.div_ceil(chunk) as u32
}

/// What of a stripe's chunk lies in the range.
pub(crate) fn part_of(range: &Range<u64>, stripe: u32, chunk: &Bytes) -> Bytes {
    let start = u64::from(stripe) * CHUNK_BYTES as u64;
    let within = |at: u64| at.saturating_sub(start).min(chunk.len() as u64) as usize;
    chunk.slice(within(range.start)..within(range.end))
}
