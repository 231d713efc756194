//! A private key: a 32-byte seed, derived from an account key or drawn for one request.

use super::PublicKey;
use crate::wrap::Suite;
use hkdf::Hkdf;
use rand_core::CryptoRng;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// A private key of a suite. Erased from memory when dropped.
#[derive(Clone)]
pub struct PrivateKey {
    suite: Suite,
    seed: Zeroizing<[u8; 32]>,
}

impl PrivateKey {
    /// The key that belongs to an account for good:
    /// `seed = HKDF-SHA256(ikm = account key, salt = "", info = "theriac/hpke/x-wing/v1")`; X25519 has its own info.
    pub fn from_account_key(suite: Suite, account_key: &[u8; 32]) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(Some(b""), account_key)
            .expand(suite.seed_info(), &mut seed[..])
            .expect("HKDF-SHA256 gives 32 bytes");
        Self { suite, seed }
    }

    /// A one-time key, for one request.
    pub fn generate(suite: Suite, rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut seed[..]);
        Self { suite, seed }
    }

    /// The key of a stored seed. The seed is the raw private key of the KEM; `DeriveKeyPair` of HPKE is not used,
    /// because implementations of X-Wing disagree on it.
    pub fn from_seed(suite: Suite, seed: [u8; 32]) -> Self {
        Self {
            suite,
            seed: Zeroizing::new(seed),
        }
    }

    /// The suite.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// The seed, for storing a one-time key in an encrypted file.
    pub fn expose_seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// The key that others wrap to.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_private(self.suite, &self.seed)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PrivateKey")
            .field("suite", &self.suite)
            .finish_non_exhaustive()
    }
}
