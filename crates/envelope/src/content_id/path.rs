//! Proves one chunk against the id of its blob, without the other chunks.

use super::{ContentId, chunk_count, chunk_length, tree};
use crate::content::MAX_CIPHERTEXT_BYTES;
use crate::decode::{DecodeError, Reader};

const VERSION: u8 = 1;
/// Levels above the leaves of a blob of the largest size: log2 of 65,536 chunks.
const MAX_SIBLINGS: usize = 16;

/// A chunk's audit path (RFC 9162, section 2.1.3) and the length that the id binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkPath {
    pub(super) index: u32,
    pub(super) length: u64,
    /// From the leaf to the root.
    pub(super) siblings: Vec<[u8; 32]>,
}

/// Why a chunk is not proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The blob has no chunk with that index.
    #[error("no chunk {index} in a blob of {chunks} chunks")]
    NoSuchChunk {
        /// The index claimed.
        index: u32,
        /// Chunks of a blob of the claimed length.
        chunks: u64,
    },
    /// The chunk is not as long as its place in the blob says.
    #[error("chunk {index} has {got} bytes, expected {expected}")]
    ChunkLength {
        /// Which chunk.
        index: u32,
        /// Bytes that this chunk must have.
        expected: usize,
        /// Bytes that it has.
        got: usize,
    },
    /// The path is shorter or longer than the tree is high at that chunk.
    #[error("the path of chunk {index} has a wrong number of hashes")]
    PathLength {
        /// Which chunk.
        index: u32,
    },
    /// Chunk, path and id do not belong together.
    #[error("chunk {index} does not belong to this content id")]
    Mismatch {
        /// Which chunk.
        index: u32,
    },
}

impl ChunkPath {
    /// Which chunk, from 0.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Bytes of the whole blob.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Checks that `chunk` is chunk `index` of the blob named `id`.
    ///
    /// # Errors
    /// In this order: [`PathError::NoSuchChunk`], [`PathError::ChunkLength`], [`PathError::PathLength`],
    /// [`PathError::Mismatch`].
    pub fn verify(&self, id: &ContentId, chunk: &[u8]) -> Result<(), PathError> {
        let index = self.index;
        let chunks = chunk_count(self.length);
        let Some(expected) = chunk_length(self.length, index.into()) else {
            return Err(PathError::NoSuchChunk { index, chunks });
        };
        if chunk.len() != expected {
            return Err(PathError::ChunkLength {
                index,
                expected,
                got: chunk.len(),
            });
        }
        let root = self
            .root(chunk, chunks)
            .ok_or(PathError::PathLength { index })?;
        if ContentId::bind(&root, self.length) != *id {
            return Err(PathError::Mismatch { index });
        }
        Ok(())
    }

    /// Climbs from the leaf; `None` unless the siblings are exactly as many as there are levels.
    fn root(&self, chunk: &[u8], chunks: u64) -> Option<[u8; 32]> {
        let mut position = u64::from(self.index);
        let mut last = chunks - 1;
        let mut siblings = self.siblings.iter();
        let mut hash = tree::leaf_hash(chunk);
        while last > 0 {
            if position % 2 == 1 {
                hash = tree::node(siblings.next()?, &hash);
            } else if position < last {
                hash = tree::node(&hash, siblings.next()?);
            }
            // A last node without a sibling rises to the next level unchanged.
            position /= 2;
            last /= 2;
        }
        siblings.next().is_none().then_some(hash)
    }

    /// The encoding: version 1, index u32, length u64, count u8, hashes; integers big-endian.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend(self.index.to_be_bytes());
        bytes.extend(self.length.to_be_bytes());
        bytes.push(self.siblings.len() as u8);
        bytes.extend(self.siblings.as_flattened());
        bytes
    }

    /// Decodes a path; it proves nothing before [`ChunkPath::verify`].
    ///
    /// # Errors
    /// A [`DecodeError`] where the bytes are not the encoding of a path in a blob of at most 64 GiB.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        reader.version(VERSION)?;
        let index = reader.u32()?;
        let length = reader.u64()?;
        if length > MAX_CIPHERTEXT_BYTES {
            return Err(DecodeError::NotCanonical { field: "length" });
        }
        let count = usize::from(reader.u8()?);
        if count > MAX_SIBLINGS {
            return Err(DecodeError::NotCanonical { field: "siblings" });
        }
        let siblings = (0..count)
            .map(|_| reader.array())
            .collect::<Result<_, _>>()?;
        reader.finish()?;
        Ok(Self {
            index,
            length,
            siblings,
        })
    }
}
