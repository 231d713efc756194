//! How many digits a GS1 company prefix has.

use super::EpcError;

/// 6 to 12 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrefixLength(u8);

impl PrefixLength {
    /// A length of 6 to 12.
    ///
    /// # Errors
    /// [`EpcError::PrefixLength`] for any other.
    pub fn new(digits: usize) -> Result<Self, EpcError> {
        match digits {
            6..=12 => Ok(Self(digits as u8)),
            got => Err(EpcError::PrefixLength { got }),
        }
    }

    /// The number of digits.
    pub fn digits(self) -> usize {
        usize::from(self.0)
    }
}
