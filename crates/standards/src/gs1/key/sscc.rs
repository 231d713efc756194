//! The Serial Shipping Container Code: a pallet, a case, any logistic unit.

use std::fmt;
use std::str::FromStr;

use super::KeyError;
use super::fault::{as_text, checked};

/// A logistic unit in 18 digits, whose check digit is right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sscc([u8; 18]);

impl Sscc {
    /// Reads 18 digits.
    ///
    /// # Errors
    /// [`KeyError`] when the length is another, a character is not a digit or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        checked(text).map(Self)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        as_text(&self.0)
    }
}

impl FromStr for Sscc {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl fmt::Display for Sscc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Sscc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sscc({self})")
    }
}
