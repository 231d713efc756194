//! The 16 bytes in clear at the start of chunk 0, authenticated with every chunk.

use crate::decode::{DecodeError, Reader};

/// Bytes of an encoded header.
pub const HEADER_BYTES: usize = 16;

const MAGIC: [u8; 4] = *b"THRC";
const VERSION: u8 = 1;
/// AES-256-GCM in the STREAM construction.
const CIPHER: u8 = 1;
/// log2 of the bytes of a ciphertext chunk.
const CHUNK_LOG2: u8 = 20;

/// Format and nonce prefix of one content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub(super) prefix: [u8; 7],
}

impl Header {
    /// The encoding: `"THRC" || version 1 || cipher 1 || chunk size log2 20 || 7-byte nonce prefix || 00 00`.
    pub fn encode(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..4].copy_from_slice(&MAGIC);
        bytes[4..7].copy_from_slice(&[VERSION, CIPHER, CHUNK_LOG2]);
        bytes[7..14].copy_from_slice(&self.prefix);
        bytes
    }

    /// Decodes exactly 16 bytes.
    ///
    /// # Errors
    /// A [`DecodeError`] naming the first field that is not of this format.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        if reader.array()? != MAGIC {
            return Err(DecodeError::NotCanonical { field: "magic" });
        }
        reader.version(VERSION)?;
        if reader.u8()? != CIPHER {
            return Err(DecodeError::NotCanonical { field: "cipher" });
        }
        if reader.u8()? != CHUNK_LOG2 {
            return Err(DecodeError::NotCanonical {
                field: "chunk size",
            });
        }
        let prefix = reader.array()?;
        if reader.array()? != [0; 2] {
            return Err(DecodeError::NotCanonical {
                field: "reserved bytes",
            });
        }
        reader.finish()?;
        Ok(Self { prefix })
    }
}
