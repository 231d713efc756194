//! The id itself and how it is printed and parsed.

use super::ContentHasher;
use sha2::{Digest, Sha256};
use std::fmt;

const DOMAIN: &[u8] = b"theriac/content/v1";

/// The name of a blob: see the module's documentation for the formula.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentId(pub [u8; 32]);

/// A blob's name together with its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Content {
    /// The name.
    pub id: ContentId,
    /// Bytes.
    pub length: u64,
}

impl ContentId {
    /// The id of a blob held in memory.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = ContentHasher::new();
        hasher.update(bytes);
        hasher.finish().id
    }

    /// The id that binds a Merkle root of chunks to the blob's length in bytes.
    pub(super) fn bind(root: &[u8; 32], length: u64) -> Self {
        let mut hasher = Sha256::new();
        hasher.update([0x02]);
        hasher.update(DOMAIN);
        hasher.update(length.to_be_bytes());
        hasher.update(root);
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for ContentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ContentId({self})")
    }
}
