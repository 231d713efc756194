//! Makes and opens a wrap.

use super::{Suite, WrapContext, WrapError, hybrid};
use crate::content::{RECORD_SECRET_BYTES, RecordSecret, TAG_BYTES};
use crate::decode::Reader;
use crate::{ContentId, PrivateKey, PublicKey};
use rand_core::CryptoRng;
use std::fmt;

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
    let (encapsulated, sealed) = hybrid::seal(reader, INFO, &plaintext[..], &associated, rng)?;
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
    let parts = (wrap.encapsulated.as_slice(), wrap.sealed.as_slice());
    let plaintext = hybrid::open(reader, INFO, parts, &associated)?;
    Ok(RecordSecret::decode(&plaintext)?)
}
