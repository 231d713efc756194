//! Which bytes of a blob are wanted.

use crate::VaultError;
use std::ops::Range;

/// Bytes of a blob, as HTTP asks for them (RFC 9110, section 14.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    All,
    /// From the first of these bytes to the last, both included; to the end where there is none or the blob ends before.
    From {
        /// Offset of the first byte.
        first: u64,
        /// Offset of the last byte.
        last: Option<u64>,
    },
    /// The last so many bytes; all where the blob is shorter.
    Last(u64),
}

impl Wanted {
    /// The bytes in a blob of `length`.
    ///
    /// # Errors
    /// [`VaultError::OutOfRange`] where there are none.
    pub fn in_blob(self, length: u64) -> Result<Range<u64>, VaultError> {
        let range = match self {
            Self::All => return Ok(0..length),
            Self::From { first, last } => {
                let end = last.map_or(length, |last| last.saturating_add(1).min(length));
                first..end
            }
            Self::Last(count) => length.saturating_sub(count)..length,
        };
        match range.is_empty() {
            true => Err(VaultError::OutOfRange { length }),
            false => Ok(range),
        }
    }
}
