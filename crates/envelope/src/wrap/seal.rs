//! Makes and opens a wrap.

use super::{Suite, WrapContext, WrapError};
use crate::content::{RECORD_SECRET_BYTES, RecordSecret, TAG_BYTES};
use crate::decode::Reader;
use crate::{ContentId, PrivateKey, PublicKey};
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::{X25519HkdfSha256, XWing};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const INFO: &[u8] = b"theriac/wrap/v1";
const SEALED_BYTES: usize = RECORD_SECRET_BYTES + TAG_BYTES;

/// A record secret encrypted to one reader.
#[derive(Clone, PartialEq, Eq)]
pub struct Wrap {
    suite: Suite,
    encapsulated: Vec<u8>,
    sealed: [u8; SEALED_BYTES],
}

impl Wrap {
    /// The suite of the key that it is made for.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// The blob for the vault: version 1, suite byte, encapsulated key, sealed secret.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION, self.suite.id()];
        bytes.extend(&self.encapsulated);
        bytes.extend(self.sealed);
        bytes
    }

    /// Bytes of an encoded wrap of a suite: 1,259 for X-Wing, 171 for X25519.
    pub fn encoded_bytes(suite: Suite) -> usize {
        2 + suite.encapsulated_bytes() + SEALED_BYTES
    }

    /// Decodes exactly one wrap.
    ///
    /// # Errors
    /// [`WrapError::Encoding`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WrapError> {
        let mut reader = Reader::new(bytes);
        reader.version(VERSION)?;
        let suite = Suite::decode(reader.u8()?)?;
        let encapsulated = reader.bytes(suite.encapsulated_bytes())?.to_vec();
        let sealed = reader.array()?;
        reader.finish()?;
        Ok(Self {
            suite,
            encapsulated,
            sealed,
        })
    }

    /// The name under which the blob lies in the vault.
    pub fn content_id(&self) -> ContentId {
        ContentId::of(&self.encode())
    }
}

impl fmt::Debug for Wrap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Wrap")
            .field("suite", &self.suite)
            .field("id", &self.content_id())
            .finish()
    }
}

/// Encrypts `secret` to `reader` under `context`.
///
/// # Errors
/// [`WrapError::BadPublicKey`] where the key gives no shared secret.
pub fn wrap(
    secret: &RecordSecret,
    reader: &PublicKey,
    context: &WrapContext,
    rng: &mut impl CryptoRng,
) -> Result<Wrap, WrapError> {
    let associated = context.encode(&reader.id());
    let plaintext = secret.encode();
    let (encapsulated, sealed) = match reader.suite() {
        Suite::XWing => seal_to::<XWing>(reader.as_bytes(), &plaintext[..], &associated, rng)?,
        Suite::X25519 => {
            seal_to::<X25519HkdfSha256>(reader.as_bytes(), &plaintext[..], &associated, rng)?
        }
    };
    let sealed = sealed
        .try_into()
        .expect("a sealed secret is the secret and one tag");
    Ok(Wrap {
        suite: reader.suite(),
        encapsulated,
        sealed,
    })
}

/// Opens `wrap` with the reader's key under the context for which it was made.
///
/// # Errors
/// [`WrapError::SuiteMismatch`], [`WrapError::DoesNotOpen`] or [`WrapError::Encoding`].
pub fn unwrap(
    wrap: &Wrap,
    reader: &PrivateKey,
    context: &WrapContext,
) -> Result<RecordSecret, WrapError> {
    if wrap.suite != reader.suite() {
        return Err(WrapError::SuiteMismatch);
    }
    let associated = context.encode(&reader.public_key().id());
    let plaintext = match wrap.suite {
        Suite::XWing => open_with::<XWing>(wrap, reader.expose_seed(), &associated)?,
        Suite::X25519 => open_with::<X25519HkdfSha256>(wrap, reader.expose_seed(), &associated)?,
    };
    Ok(RecordSecret::decode(&plaintext)?)
}

fn seal_to<K: Kem>(
    key: &[u8],
    plaintext: &[u8],
    associated: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<(Vec<u8>, Vec<u8>), WrapError> {
    let key = K::PublicKey::from_bytes(key).map_err(|_| WrapError::BadPublicKey)?;
    let sealed = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, K>(
        &OpModeS::Base,
        &key,
        INFO,
        plaintext,
        associated,
        rng,
    );
    let (encapsulated, sealed) = sealed.map_err(|_| WrapError::BadPublicKey)?;
    Ok((encapsulated.to_bytes().to_vec(), sealed))
}

fn open_with<K: Kem>(
    wrap: &Wrap,
    seed: &[u8; 32],
    associated: &[u8],
) -> Result<Zeroizing<Vec<u8>>, WrapError> {
    let private = K::PrivateKey::from_bytes(seed).map_err(|_| WrapError::DoesNotOpen)?;
    let encapsulated =
        K::EncappedKey::from_bytes(&wrap.encapsulated).map_err(|_| WrapError::DoesNotOpen)?;
    let opened = hpke::single_shot_open::<AesGcm256, HkdfSha256, K>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        INFO,
        &wrap.sealed,
        associated,
    );
    opened
        .map(Zeroizing::new)
        .map_err(|_| WrapError::DoesNotOpen)
}
