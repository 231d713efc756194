//! Where bytes lie: 16 header bytes, then plaintext, cut so that every ciphertext chunk but the last is 1 MiB.

use super::header::HEADER_BYTES;

/// Bytes of a ciphertext chunk, its tag included, and of a leaf of the content id.
pub const CHUNK_BYTES: usize = 1 << 20;
/// Bytes of the tag of AES-GCM at the end of each chunk.
pub const TAG_BYTES: usize = 16;
/// Chunks of one content at most.
pub const MAX_CHUNKS: u64 = 65_536;
/// Ciphertext bytes of one content at most: 64 GiB.
pub const MAX_CIPHERTEXT_BYTES: u64 = MAX_CHUNKS * CHUNK_BYTES as u64;
/// Plaintext bytes of one content at most.
pub const MAX_PLAINTEXT_BYTES: u64 = MAX_CHUNKS * BODY_BYTES - HEADER_BYTES as u64;

/// Bytes of header and plaintext that one chunk carries.
const BODY_BYTES: u64 = (CHUNK_BYTES - TAG_BYTES) as u64;

/// Plaintext bytes that chunk 0 carries beside the header, when it is full.
pub(super) const FIRST_PLAINTEXT_BYTES: usize = CHUNK_BYTES - TAG_BYTES - HEADER_BYTES;
/// Plaintext bytes that a full chunk after chunk 0 carries.
pub(super) const PLAINTEXT_BYTES: usize = CHUNK_BYTES - TAG_BYTES;

/// Plaintext bytes that a full chunk `index` carries.
pub(super) fn capacity(index: u32) -> usize {
    match index {
        0 => FIRST_PLAINTEXT_BYTES,
        _ => PLAINTEXT_BYTES,
    }
}

/// Chunks of content of `plaintext_length` bytes; at least one.
pub(super) fn chunks_of_plaintext(plaintext_length: u64) -> u64 {
    (plaintext_length + HEADER_BYTES as u64).div_ceil(BODY_BYTES)
}

/// Ciphertext bytes of content of `plaintext_length` bytes, which must be at most [`MAX_PLAINTEXT_BYTES`].
pub fn ciphertext_length(plaintext_length: u64) -> u64 {
    plaintext_length
        + HEADER_BYTES as u64
        + chunks_of_plaintext(plaintext_length) * TAG_BYTES as u64
}

/// The chunk that holds the plaintext byte at `position`, and that byte's place within the chunk's plaintext.
pub fn locate(position: u64) -> (u32, usize) {
    let position = position.min(MAX_PLAINTEXT_BYTES) + HEADER_BYTES as u64;
    let index = (position / BODY_BYTES) as u32;
    let within = (position % BODY_BYTES) as usize;
    match index {
        0 => (0, within - HEADER_BYTES),
        _ => (index, within),
    }
}
