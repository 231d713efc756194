//! Strict and bounded reading of one RLP list of strings.

use alloy_primitives::FixedBytes;
use alloy_rlp::{Decodable, Header};

/// Why bytes are not the encoding that they should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}.{field}: {reason}")]
pub struct DecodeFailure {
    /// The thing that was read, such as `header`.
    pub what: &'static str,
    /// The field at which reading stopped; `list` for the list itself.
    pub field: &'static str,
    /// What is wrong, with got and expected.
    pub reason: String,
}

/// Reads the strings of one RLP list in their order.
#[derive(Debug)]
pub struct ListReader<'a> {
    what: &'static str,
    rest: &'a [u8],
}

impl<'a> ListReader<'a> {
    /// Opens the one list that `bytes` must consist of.
    ///
    /// # Errors
    /// `bytes` is longer than `limit`, is not a list in canonical form, or is followed by anything.
    pub fn open(
        what: &'static str,
        mut bytes: &'a [u8],
        limit: usize,
    ) -> Result<Self, DecodeFailure> {
        let fail = |reason| DecodeFailure {
            what,
            field: "list",
            reason,
        };
        if bytes.len() > limit {
            return Err(fail(format!(
                "got {} bytes, expected at most {limit}",
                bytes.len()
            )));
        }
        let rest =
            Header::decode_bytes(&mut bytes, true).map_err(|error| fail(error.to_string()))?;
        if !bytes.is_empty() {
            return Err(fail(format!("{} bytes after the list", bytes.len())));
        }
        Ok(Self { what, rest })
    }

    /// A failure at `field` of this list.
    pub fn failure(&self, field: &'static str, reason: impl Into<String>) -> DecodeFailure {
        DecodeFailure {
            what: self.what,
            field,
            reason: reason.into(),
        }
    }

    /// The next item as a string.
    ///
    /// # Errors
    /// The list is at its end, or the item is no string in canonical form.
    pub fn string(&mut self, field: &'static str) -> Result<&'a [u8], DecodeFailure> {
        Header::decode_bytes(&mut self.rest, false)
            .map_err(|error| self.failure(field, error.to_string()))
    }

    /// The next item as a string of exactly `N` bytes.
    ///
    /// # Errors
    /// As [`Self::string`], or another length.
    pub fn fixed<const N: usize>(
        &mut self,
        field: &'static str,
    ) -> Result<FixedBytes<N>, DecodeFailure> {
        let bytes = self.string(field)?;
        FixedBytes::try_from(bytes)
            .map_err(|_| self.failure(field, format!("got {} bytes, expected {N}", bytes.len())))
    }

    /// The next item as a number without leading zero bytes.
    ///
    /// # Errors
    /// As [`Self::string`], or a leading zero, or a number that is too large.
    pub fn number<T: Decodable>(&mut self, field: &'static str) -> Result<T, DecodeFailure> {
        T::decode(&mut self.rest).map_err(|error| self.failure(field, error.to_string()))
    }

    /// Ends the list.
    ///
    /// # Errors
    /// Items are left.
    pub fn close(self) -> Result<(), DecodeFailure> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(self.failure(
            "list",
            format!("{} bytes after the last field", self.rest.len()),
        ))
    }
}
