//! Reads fixed encodings: every field whole, nothing left over.

/// Why bytes are not the encoding they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The input ended inside a field.
    #[error("input ends early: {needed} more bytes expected, {left} left")]
    EndsEarly {
        /// Bytes that the field takes.
        needed: usize,
        /// Bytes that were left.
        left: usize,
    },
    /// Bytes follow the last field.
    #[error("{left} bytes after the end: pass exactly one encoded value")]
    TrailingBytes {
        /// Bytes that were left.
        left: usize,
    },
    /// The first byte names a version that this code does not know.
    #[error("unknown version {got}: this software reads version {expected}")]
    UnknownVersion {
        /// The version that is read.
        expected: u8,
        /// The version that was found.
        got: u8,
    },
    /// The suite byte is neither X-Wing nor X25519.
    #[error("unknown suite {got}: 1 (X-Wing) or 2 (X25519) expected")]
    UnknownSuite {
        /// The byte found.
        got: u8,
    },
    /// A length, count or character is outside its bounds, or the encoding is not the only one of its value.
    #[error("not canonical: {field}")]
    NotCanonical {
        /// The field's name.
        field: &'static str,
    },
}

/// A cursor over an encoded value.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let Some((head, rest)) = self.rest.split_at_checked(count) else {
            return Err(DecodeError::EndsEarly {
                needed: count,
                left: self.rest.len(),
            });
        };
        self.rest = rest;
        Ok(head)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let bytes = self.bytes(N)?;
        Ok(bytes.try_into().expect("exactly N bytes were taken"))
    }

    pub(crate) fn u8(&mut self) -> Result<u8, DecodeError> {
        Ok(self.array::<1>()?[0])
    }

    pub(crate) fn u16(&mut self) -> Result<u16, DecodeError> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, DecodeError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, DecodeError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    pub(crate) fn version(&mut self, expected: u8) -> Result<(), DecodeError> {
        match self.u8()? {
            got if got == expected => Ok(()),
            got => Err(DecodeError::UnknownVersion { expected, got }),
        }
    }

    pub(crate) fn finish(self) -> Result<(), DecodeError> {
        match self.rest.len() {
            0 => Ok(()),
            left => Err(DecodeError::TrailingBytes { left }),
        }
    }
}
