//! The Global Trade Item Number: a product in a packaging.

use std::fmt;
use std::str::FromStr;

use super::KeyError;
use super::fault::{as_text, digits, require_check_digit};

/// A trade item in 14 digits, whose check digit is right. Shorter numbers have zeros before them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin([u8; 14]);

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits.
    ///
    /// # Errors
    /// [`KeyError`] when the length is another, a character is not a digit, the check digit is wrong or all are zeros.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let gtin = match text.len() {
            8 => padded(&digits::<8>(text)?),
            12 => padded(&digits::<12>(text)?),
            13 => padded(&digits::<13>(text)?),
            14 => digits::<14>(text)?,
            got => return Err(KeyError::GtinLength { got }),
        };
        require_check_digit(&gtin)?;
        match gtin == [b'0'; 14] {
            true => Err(KeyError::GtinZero),
            false => Ok(Self(gtin)),
        }
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        as_text(&self.0)
    }

    /// The first digit: 0 for a base unit or a number of 13 digits, 1 to 8 for groupings, 9 for variable measures.
    pub fn indicator(&self) -> u8 {
        self.0[0] - b'0'
    }
}

fn padded(digits: &[u8]) -> [u8; 14] {
    let mut gtin = [b'0'; 14];
    gtin[14 - digits.len()..].copy_from_slice(digits);
    gtin
}

impl FromStr for Gtin {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Gtin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Gtin({self})")
    }
}
