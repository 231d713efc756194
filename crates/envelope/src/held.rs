//! Short content under a key that is held and destroyed as a whole: AES-256-GCM with a random nonce.
//!
//! ```text
//! nonce 12 bytes || ciphertext || tag 16 bytes          associated data: the context
//! ```

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
/// Bytes that encryption adds.
pub const HELD_OVERHEAD: usize = NONCE_BYTES + TAG_BYTES;

/// A key under which much is encrypted, so that destroying it destroys all of it. Erased from memory when dropped.
///
/// Nonces are random: by NIST SP 800-38D, section 8.3, one key serves for at most 2^32 contents.
#[derive(Clone)]
pub struct HeldKey(Zeroizing<[u8; 32]>);

/// The bytes are not what this key encrypted under this context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the content does not decrypt with this key")]
pub struct DoesNotDecrypt;

impl HeldKey {
    /// A random key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut key[..]);
        Self(key)
    }

    /// The key of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes, to be wrapped.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Encrypts; the same context is needed to decrypt.
    ///
    /// # Panics
    /// Where the content has more than 64 GiB.
    pub fn encrypt(&self, content: &[u8], context: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let mut bytes = Vec::with_capacity(content.len() + HELD_OVERHEAD);
        bytes.extend(nonce);
        bytes.extend(content);
        let body = &mut bytes[NONCE_BYTES..];
        let tag = self
            .cipher()
            .encrypt_inout_detached(&Nonce::from(nonce), context, body.into())
            .expect("the content is below the limit of AES-GCM");
        bytes.extend(tag);
        bytes
    }

    /// Decrypts what [`HeldKey::encrypt`] gave.
    ///
    /// # Errors
    /// [`DoesNotDecrypt`].
    pub fn decrypt(
        &self,
        bytes: &[u8],
        context: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, DoesNotDecrypt> {
        let (nonce, rest) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(DoesNotDecrypt)?;
        let (body, tag) = rest.split_last_chunk::<TAG_BYTES>().ok_or(DoesNotDecrypt)?;
        let mut content = Zeroizing::new(body.to_vec());
        self.cipher()
            .decrypt_inout_detached(
                &Nonce::from(*nonce),
                context,
                content.as_mut_slice().into(),
                &Tag::from(*tag),
            )
            .map_err(|_| DoesNotDecrypt)?;
        Ok(content)
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new((&*self.0).into())
    }
}
