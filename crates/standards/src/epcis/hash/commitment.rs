//! The hash of an event, and the salted commitment to it that the ledger holds.

use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of an event's pre-hash text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventHash(pub [u8; 32]);

impl EventHash {
    /// Hashes a pre-hash text.
    pub fn of(pre_hash: &str) -> Self {
        Self(Sha256::digest(pre_hash.as_bytes()).into())
    }
}

impl fmt::Display for EventHash {
    /// `ni:///sha-256;<64 hexadecimal digits>?ver=CBV2.0` (RFC 6920).
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ni:///sha-256;")?;
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))?;
        formatter.write_str("?ver=CBV2.0")
    }
}

impl fmt::Debug for EventHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// What the ledger holds of an event: `SHA-256(salt || text of the event hash)`, the text being `ni:///sha-256;…?ver=CBV2.0`.
///
/// Events can be guessed, so their hash alone would let anyone confirm a guess. Without the salt a commitment tells nothing;
/// destroying the salt erases what it told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Commitment(pub [u8; 32]);

impl Commitment {
    /// Commits to `hash` under a salt of 32 random bytes.
    pub fn new(salt: &[u8; 32], hash: &EventHash) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(salt);
        hasher.update(hash.to_string().as_bytes());
        Self(hasher.finalize().into())
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Commitment(")?;
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))?;
        formatter.write_str(")")
    }
}
