//! What a reader needs to open one record version: the plaintext of every wrap.

use super::header::{HEADER_BYTES, Header};
use super::layout::MAX_PLAINTEXT_BYTES;
use crate::decode::{DecodeError, Reader};
use crate::{Commitment, ContentId};
use std::fmt;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
/// Bytes of an encoded record secret.
pub const RECORD_SECRET_BYTES: usize = 1 + HEADER_BYTES + 32 + 32 + 32 + 8;

/// The key, salt, name and length of one version of a record. Erased from memory when dropped.
#[derive(Clone)]
pub struct RecordSecret {
    pub(super) header: Header,
    pub(super) data_key: Zeroizing<[u8; 32]>,
    pub(super) salt: Zeroizing<[u8; 32]>,
    pub(super) content_id: ContentId,
    pub(super) length: u64,
}

impl RecordSecret {
    /// The name of the ciphertext.
    pub fn content_id(&self) -> ContentId {
        self.content_id
    }

    /// Bytes of the plaintext.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The header of the content, with which one chunk can be opened alone.
    pub fn header(&self) -> Header {
        self.header
    }

    /// The salt of the commitment: whoever has it can show what the commitment stands for.
    pub fn expose_salt(&self) -> &[u8; 32] {
        &self.salt
    }

    /// What the ledger must hold for this record version. Compare it before trusting the content.
    pub fn commitment(&self) -> Commitment {
        Commitment::new(&self.salt, &self.content_id)
    }

    /// The encoding: version 1, header, data key, salt, content id, plaintext length as u64 big-endian.
    pub fn encode(&self) -> Zeroizing<[u8; RECORD_SECRET_BYTES]> {
        let mut bytes = Zeroizing::new([0; RECORD_SECRET_BYTES]);
        bytes[0] = VERSION;
        bytes[1..17].copy_from_slice(&self.header.encode());
        bytes[17..49].copy_from_slice(&self.data_key[..]);
        bytes[49..81].copy_from_slice(&self.salt[..]);
        bytes[81..113].copy_from_slice(&self.content_id.0);
        bytes[113..].copy_from_slice(&self.length.to_be_bytes());
        bytes
    }

    /// Decodes exactly one secret.
    ///
    /// # Errors
    /// A [`DecodeError`] naming the first field that is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        reader.version(VERSION)?;
        let secret = Self {
            header: Header::decode(reader.bytes(HEADER_BYTES)?)?,
            data_key: Zeroizing::new(reader.array()?),
            salt: Zeroizing::new(reader.array()?),
            content_id: ContentId(reader.array()?),
            length: reader.u64()?,
        };
        if secret.length > MAX_PLAINTEXT_BYTES {
            return Err(DecodeError::NotCanonical { field: "length" });
        }
        reader.finish()?;
        Ok(secret)
    }
}

impl fmt::Debug for RecordSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RecordSecret")
            .field("content_id", &self.content_id)
            .finish_non_exhaustive()
    }
}
