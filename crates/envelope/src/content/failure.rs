//! Why content was not encrypted or decrypted. Nothing here carries content or keys.

use crate::decode::DecodeError;

/// What went wrong with content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// The document is larger than the format allows.
    #[error("content is larger than {max} bytes: split it into several records")]
    TooLarge {
        /// The most plaintext bytes that one record version holds.
        max: u64,
    },
    /// The ciphertext ends before its last chunk.
    #[error("ciphertext is truncated: {got} of {expected} bytes; fetch it again")]
    Truncated {
        /// Bytes that the record secret says.
        expected: u64,
        /// Bytes that came.
        got: u64,
    },
    /// Something follows the last chunk.
    #[error("ciphertext is longer than the {expected} bytes of its record; fetch it again")]
    Extended {
        /// Bytes that the record secret says.
        expected: u64,
    },
    /// A chunk is not as long as its place says.
    #[error("chunk {index} has {got} bytes, expected {expected}; pass whole chunks")]
    ChunkLength {
        /// Which chunk, from 0.
        index: u32,
        /// Bytes that this chunk must have.
        expected: usize,
        /// Bytes that it has.
        got: usize,
    },
    /// The content starts with another header than the one that the record secret names.
    #[error("the header is not this record's; fetch the content id that the secret names")]
    HeaderMismatch,
    /// A chunk was changed, comes from another place or another content, or the key is not its key.
    #[error("chunk {index} was altered, moved or replaced; fetch it again from another node")]
    ChunkAltered {
        /// Which chunk, from 0.
        index: u32,
    },
    /// Every chunk decrypts, but the ciphertext is not the one that was named.
    #[error(
        "the ciphertext does not have the content id of its record; do not use what was decrypted"
    )]
    ContentIdMismatch,
    /// The content was given to the decryptor completely and then more was asked of it, or it failed before.
    #[error("this stream has ended or failed; start a new one")]
    StreamOver,
    /// The header is not one of this format.
    #[error("header: {0}")]
    Header(#[source] DecodeError),
}
