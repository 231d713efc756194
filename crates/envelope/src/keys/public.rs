//! A public key as it lies in the vault and is named on the ledger.

use super::KeyError;
use crate::ContentId;
use crate::decode::Reader;
use crate::wrap::Suite;
use hpke::kem::{X25519HkdfSha256, XWing};
use hpke::{Deserializable, Kem, Serializable};
use std::fmt;

const VERSION: u8 = 1;

/// An encapsulation key that its suite accepts.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    suite: Suite,
    key: Vec<u8>,
}

impl PublicKey {
    pub(super) fn from_private(suite: Suite, seed: &[u8; 32]) -> Self {
        let key = match suite {
            Suite::XWing => public_bytes::<XWing>(seed),
            Suite::X25519 => public_bytes::<X25519HkdfSha256>(seed),
        };
        Self { suite, key }
    }

    /// The suite that wraps to this key use.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// The key of the KEM without version and suite: 1,216 bytes for X-Wing, 32 for X25519.
    pub fn as_bytes(&self) -> &[u8] {
        &self.key
    }

    /// The blob for the vault: version 1, suite byte, key.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION, self.suite.id()];
        bytes.extend(&self.key);
        bytes
    }

    /// Decodes a blob and lets the suite check the key (FIPS 203, section 7.2, for the ML-KEM half of X-Wing).
    ///
    /// # Errors
    /// [`KeyError::Encoding`] or [`KeyError::Invalid`].
    pub fn decode(bytes: &[u8]) -> Result<Self, KeyError> {
        let mut reader = Reader::new(bytes);
        reader.version(VERSION)?;
        let suite = Suite::decode(reader.u8()?)?;
        let key = reader.bytes(suite.public_key_bytes())?.to_vec();
        reader.finish()?;
        match suite {
            Suite::XWing => check::<XWing>(&key)?,
            Suite::X25519 => check::<X25519HkdfSha256>(&key)?,
        }
        Ok(Self { suite, key })
    }

    /// The id of this key, on the ledger and in the context of wraps: the content id of its blob.
    pub fn id(&self) -> ContentId {
        ContentId::of(&self.encode())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PublicKey")
            .field("suite", &self.suite)
            .field("id", &self.id())
            .finish()
    }
}

fn public_bytes<K: Kem>(seed: &[u8; 32]) -> Vec<u8> {
    let private =
        K::PrivateKey::from_bytes(seed).expect("both suites take any 32 bytes as private key");
    K::sk_to_pk(&private).to_bytes().to_vec()
}

fn check<K: Kem>(key: &[u8]) -> Result<(), KeyError> {
    K::PublicKey::from_bytes(key)
        .map(|_| ())
        .map_err(|_| KeyError::Invalid)
}
