//! Reading fields from the front of bytes.

use super::Malformed;
use alloy_primitives::{Address, B256};

/// What is left of the bytes of one thing.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    what: &'static str,
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Reads `bytes` as `what`.
    pub fn new(what: &'static str, rest: &'a [u8]) -> Self {
        Self { what, rest }
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// Fewer are left.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(|| {
            let reason = format!("ends {} bytes too early", count - self.rest.len());
            Malformed::new(self.what, reason)
        })?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    /// Fewer are left.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let bytes = self.bytes(N)?;
        Ok(bytes.try_into().expect("exactly N bytes were taken"))
    }

    /// One byte.
    ///
    /// # Errors
    /// None is left.
    pub fn u8(&mut self) -> Result<u8, Malformed> {
        self.array().map(u8::from_be_bytes)
    }

    /// A number of 2 bytes.
    ///
    /// # Errors
    /// Fewer are left.
    pub fn u16(&mut self) -> Result<u16, Malformed> {
        self.array().map(u16::from_be_bytes)
    }

    /// A number of 4 bytes.
    ///
    /// # Errors
    /// Fewer are left.
    pub fn u32(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_be_bytes)
    }

    /// A number of 8 bytes.
    ///
    /// # Errors
    /// Fewer are left.
    pub fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_be_bytes)
    }

    /// A hash.
    ///
    /// # Errors
    /// Fewer than 32 bytes are left.
    pub fn hash(&mut self) -> Result<B256, Malformed> {
        self.array().map(B256::new)
    }

    /// An account.
    ///
    /// # Errors
    /// Fewer than 20 bytes are left.
    pub fn address(&mut self) -> Result<Address, Malformed> {
        self.array().map(Address::new)
    }

    /// Text with its length (4) before it, of at most `limit` bytes.
    ///
    /// # Errors
    /// It is longer, cut off, or not UTF-8.
    pub fn text(&mut self, limit: usize) -> Result<&'a str, Malformed> {
        let length = self.u32()? as usize;
        if length > limit {
            return Err(Malformed::length(
                self.what,
                length,
                format_args!("at most {limit}"),
            ));
        }
        self.str(length)
    }

    /// Text of `length` bytes.
    ///
    /// # Errors
    /// It is cut off, or not UTF-8.
    pub fn str(&mut self, length: usize) -> Result<&'a str, Malformed> {
        let bytes = self.bytes(length)?;
        std::str::from_utf8(bytes).map_err(|_| Malformed::new(self.what, "text is not UTF-8"))
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Bytes are left.
    pub fn close(self) -> Result<(), Malformed> {
        match self.rest.len() {
            0 => Ok(()),
            left => Err(Malformed::new(
                self.what,
                format!("{left} bytes are left over"),
            )),
        }
    }
}

/// Appends text with its length (4) before it.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u32).to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}
