//! One chunk under AES-256-GCM with the nonce of STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015).

use super::header::Header;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};

/// The cipher of one content: its key and its header, which every chunk authenticates.
pub(super) struct ChunkCipher {
    cipher: Aes256Gcm,
    prefix: [u8; 7],
    associated: [u8; super::HEADER_BYTES],
}

/// A chunk's place in its content.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) index: u32,
    pub(super) is_last: bool,
}

impl ChunkCipher {
    pub(super) fn new(data_key: &[u8; 32], header: &Header) -> Self {
        Self {
            cipher: Aes256Gcm::new(data_key.into()),
            prefix: header.prefix,
            associated: header.encode(),
        }
    }

    /// Encrypts in place and returns the tag.
    pub(super) fn seal(&self, place: Place, body: &mut [u8]) -> [u8; super::TAG_BYTES] {
        let tag =
            self.cipher
                .encrypt_inout_detached(&self.nonce(place), &self.associated, body.into());
        tag.expect("a chunk is far below the limit of AES-GCM")
            .into()
    }

    /// Decrypts in place; `body` is unchanged where the tag does not fit.
    pub(super) fn open(&self, place: Place, body: &mut [u8], tag: &[u8; super::TAG_BYTES]) -> bool {
        let tag = Tag::from(*tag);
        self.cipher
            .decrypt_inout_detached(&self.nonce(place), &self.associated, body.into(), &tag)
            .is_ok()
    }

    /// 7-byte prefix, 4-byte big-endian counter, 1 byte that is 1 for the last chunk only.
    fn nonce(&self, place: Place) -> Nonce<aes_gcm::aead::consts::U12> {
        let mut nonce = [0; 12];
        nonce[..7].copy_from_slice(&self.prefix);
        nonce[7..11].copy_from_slice(&place.index.to_be_bytes());
        nonce[11] = u8::from(place.is_last);
        nonce.into()
    }
}
