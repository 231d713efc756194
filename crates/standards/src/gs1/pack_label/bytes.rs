//! The canonical bytes of a label.

use super::PackLabel;
use crate::gs1::key::{Expiry, Gtin, KeyError, Lot, Serial};

/// The version that is written, and the only one that is read.
pub const VERSION: u8 = 1;

/// Why bytes are no label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// The first byte names another version.
    #[error("version {expected} expected, got {got}")]
    Version {
        /// The version that is read.
        expected: u8,
        /// The version found.
        got: u8,
    },
    /// The bytes end inside a field.
    #[error("ends early: {needed} more bytes expected, {left} left")]
    EndsEarly {
        /// Bytes that the field takes.
        needed: usize,
        /// Bytes that were left.
        left: usize,
    },
    /// Bytes follow the last field.
    #[error("{left} bytes after the end")]
    TrailingBytes {
        /// Bytes that were left.
        left: usize,
    },
    /// A field is not ASCII, or not what it should be.
    #[error("the {field} is faulty: {error}")]
    Field {
        /// The field.
        field: &'static str,
        /// What is wrong.
        error: KeyError,
    },
}

impl PackLabel {
    /// The canonical bytes: 25 to 63 of them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (serial, lot) = (self.serial.as_str(), self.lot.as_str());
        let mut bytes = Vec::with_capacity(23 + serial.len() + lot.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(self.gtin.as_str().as_bytes());
        for text in [serial, lot] {
            bytes.push(text.len() as u8);
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(self.expiry.as_str().as_bytes());
        bytes
    }

    /// Reads canonical bytes; nothing may follow them.
    ///
    /// # Errors
    /// [`CanonicalError`] when the version is another, a field is cut off or faulty, or bytes are left.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut rest = bytes;
        let got = take(&mut rest, 1)?[0];
        if got != VERSION {
            return Err(CanonicalError::Version {
                expected: VERSION,
                got,
            });
        }
        let gtin = field("gtin", take(&mut rest, 14)?, Gtin::parse)?;
        let length = usize::from(take(&mut rest, 1)?[0]);
        let serial = field("serial", take(&mut rest, length)?, Serial::parse)?;
        let length = usize::from(take(&mut rest, 1)?[0]);
        let lot = field("lot", take(&mut rest, length)?, Lot::parse)?;
        let expiry = field("expiry", take(&mut rest, 6)?, Expiry::parse)?;
        match rest.len() {
            0 => Ok(Self {
                gtin,
                serial,
                lot,
                expiry,
            }),
            left => Err(CanonicalError::TrailingBytes { left }),
        }
    }
}

fn take<'a>(rest: &mut &'a [u8], needed: usize) -> Result<&'a [u8], CanonicalError> {
    let Some((head, tail)) = rest.split_at_checked(needed) else {
        let left = rest.len();
        return Err(CanonicalError::EndsEarly { needed, left });
    };
    *rest = tail;
    Ok(head)
}

fn field<T>(
    field: &'static str,
    bytes: &[u8],
    parse: impl Fn(&str) -> Result<T, KeyError>,
) -> Result<T, CanonicalError> {
    let text = std::str::from_utf8(bytes).map_err(|error| CanonicalError::Field {
        field,
        error: KeyError::Character {
            position: error.valid_up_to(),
        },
    })?;
    parse(text).map_err(|error| CanonicalError::Field { field, error })
}
