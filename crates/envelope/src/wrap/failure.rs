//! Why a wrap was not made or opened. Nothing here carries keys or says which check of the cipher failed.

use crate::decode::DecodeError;

/// What went wrong with a wrap or a set of wraps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// The bytes are not the encoding that they should be.
    #[error("wrap: {0}")]
    Encoding(#[from] DecodeError),
    /// The wrap is made for a key of another suite.
    #[error("the wrap and the key are of different suites: use the key that the wrap was made for")]
    SuiteMismatch,
    /// The reader's public key gives no shared secret.
    #[error("the public key cannot be wrapped to: ask its owner for another")]
    BadPublicKey,
    /// Another key, another context (record, version, grant, purpose, expiry, chain), or altered bytes.
    #[error("the wrap does not open: it is for another key or another grant, or it was altered")]
    DoesNotOpen,
    /// The purpose is not a code of 1 to 16 capital letters and digits.
    #[error("a purpose is 1 to 16 capital letters or digits, such as TREAT")]
    BadPurpose,
    /// A grant has a purpose; what an author wraps to a chart's controller has neither.
    #[error("a grant needs a purpose, and a wrap without a grant has none")]
    PurposeWithoutGrant,
    /// The set has more entries than it may.
    #[error("{got} wraps in one set, at most {max}: approve in several parts")]
    TooManyEntries {
        /// Entries allowed.
        max: usize,
        /// Entries given.
        got: usize,
    },
    /// Two entries of a set are for the same record and version.
    #[error("two wraps for the same version of one record")]
    DuplicateEntry,
}
