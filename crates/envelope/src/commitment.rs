//! What the ledger holds of a record: a salted commitment to its content id.

use crate::ContentId;
use sha2::{Digest, Sha256};
use std::fmt;

const DOMAIN: &[u8] = b"theriac/commitment/v1";

/// `SHA-256("theriac/commitment/v1" || salt || content id)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Commitment(pub [u8; 32]);

impl Commitment {
    /// Commits to `content_id` under a salt of 32 random bytes.
    pub fn new(salt: &[u8; 32], content_id: &ContentId) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN);
        hasher.update(salt);
        hasher.update(content_id.0);
        Self(hasher.finalize().into())
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Commitment(")?;
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))?;
        write!(formatter, ")")
    }
}
