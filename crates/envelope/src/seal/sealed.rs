//! The sealed blob: made by the author, opened with the group's signature over the seal id.

use super::{GroupKey, SealContext, SealError, namespace};
use crate::ContentId;
use crate::content::{RECORD_SECRET_BYTES, RecordSecret, TAG_BYTES};
use crate::decode::Reader;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use commonware_codec::{Copying, DecodeExt, Encode};
use commonware_cryptography::bls12381::primitives::variant::{MinSig, Variant};
use commonware_cryptography::bls12381::tle::{self, Block, Ciphertext};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const INFO: &[u8] = b"theriac/seal/rest/v1";
/// A point of G2 and two blocks of 32 bytes.
const KEY_BYTES: usize = 96 + 32 + 32;
/// Where the data key stands in a record secret.
const DATA_KEY: std::ops::Range<usize> = 17..49;
/// The record secret without its data key.
const REST_BYTES: usize = RECORD_SECRET_BYTES - 32;

/// Bytes of an encoded sealed blob.
pub const SEALED_BYTES: usize = 1 + KEY_BYTES + REST_BYTES + TAG_BYTES;

/// A record secret encrypted to the group key under a seal id.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    key: Ciphertext<MinSig>,
    rest: [u8; REST_BYTES + TAG_BYTES],
}

impl Sealed {
    /// The blob for the vault: version 1, the encrypted data key, the encrypted rest; 266 bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.key.encode());
        bytes.extend_from_slice(&self.rest);
        bytes
    }

    /// Decodes exactly one blob; its point must lie in the subgroup.
    ///
    /// # Errors
    /// [`SealError::Encoding`], [`SealError::Point`].
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        let mut reader = Reader::new(bytes);
        reader.version(VERSION)?;
        let key = reader.bytes(KEY_BYTES)?;
        let rest = reader.array()?;
        reader.finish()?;
        let key =
            Ciphertext::decode(Copying(key)).map_err(|_| SealError::Point("the sealed key"))?;
        Ok(Self { key, rest })
    }

    /// The name under which the blob lies in the vault.
    pub fn content_id(&self) -> ContentId {
        ContentId::of(&self.encode())
    }

    /// Opens it with the group's signature over the seal id; `None` for another signature, another seal or altered bytes.
    pub(super) fn open(
        &self,
        signature: &<MinSig as Variant>::Signature,
        context: &SealContext,
    ) -> Option<RecordSecret> {
        let data_key = tle::decrypt::<MinSig>(signature, &self.key)?;
        let data_key = Zeroizing::new(<[u8; 32]>::try_from(data_key.as_ref()).ok()?);
        let payload = Payload {
            msg: &self.rest,
            aad: &context.encode(),
        };
        let rest = cipher(&data_key, context).decrypt(&Nonce::default(), payload);
        let rest = Zeroizing::new(rest.ok()?);
        let mut secret = Zeroizing::new([0; RECORD_SECRET_BYTES]);
        let (before, after) = rest.split_at_checked(DATA_KEY.start)?;
        secret[..DATA_KEY.start].copy_from_slice(before);
        secret[DATA_KEY].copy_from_slice(&data_key[..]);
        secret[DATA_KEY.end..].copy_from_slice(after);
        RecordSecret::decode(&secret[..]).ok()
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sealed")
            .field("id", &self.content_id())
            .finish()
    }
}

/// Encrypts `secret` to the network's key so that the keepers open it for the seal of `context`, and no one else does.
///
/// # Errors
/// [`SealError::Point`] where the group key is the identity.
pub fn seal(
    secret: &RecordSecret,
    group_key: &GroupKey,
    context: &SealContext,
    rng: &mut impl CryptoRng,
) -> Result<Sealed, SealError> {
    let plaintext = secret.encode();
    let data_key: [u8; 32] = plaintext[DATA_KEY].try_into().expect("32 bytes");
    let data_key = Zeroizing::new(data_key);
    let namespace = namespace(context.chain_id);
    let block = Zeroizing::new(Block::new(*data_key));
    let key = tle::encrypt::<_, MinSig>(rng, group_key.0, (&namespace, &context.seal), &block)
        .map_err(|_| SealError::Point("the group key"))?;
    let rest = [&plaintext[..DATA_KEY.start], &plaintext[DATA_KEY.end..]].concat();
    let rest = Zeroizing::new(rest);
    let payload = Payload {
        msg: &rest,
        aad: &context.encode(),
    };
    let rest = cipher(&data_key, context)
        .encrypt(&Nonce::default(), payload)
        .expect("a short text is within the limit of GCM");
    let rest = rest.try_into().expect("the rest of a secret and one tag");
    Ok(Sealed { key, rest })
}

/// The cipher of the rest. Its key serves this seal alone, so that the nonce may be zero.
fn cipher(data_key: &[u8; 32], context: &SealContext) -> Aes256Gcm {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(&context.seal), data_key)
        .expand(INFO, &mut key[..])
        .expect("HKDF-SHA256 gives 32 bytes");
    Aes256Gcm::new_from_slice(&key[..]).expect("the key has 32 bytes")
}
