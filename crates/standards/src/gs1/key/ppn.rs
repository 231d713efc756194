//! The Pharmacy Product Number of IFA, which German packs carry in place of a trade item number.

use std::fmt;
use std::str::FromStr;

use super::fault::as_text;
use super::{Gtin, KeyError};
use crate::gs1::linter::check_digit;

const LONGEST: usize = 22;
const SHORTEST: usize = 5;
/// The agency code of German pharmacy numbers (PZN).
const GERMAN: &str = "11";
/// What a trade item number of a PZN begins with.
const NTIN_PREFIX: &str = "04150";

/// An agency code of two characters, a national number and two check digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ppn {
    bytes: [u8; LONGEST],
    length: u8,
}

impl Ppn {
    /// Reads capitals and digits with two check digits.
    ///
    /// # Errors
    /// [`KeyError`] when the length is another, a character is neither a capital nor a digit, or the check digits are wrong.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if text.len() < SHORTEST || text.len() > LONGEST {
            return Err(KeyError::PpnLength { got: text.len() });
        }
        let allowed = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if let Some(position) = text.bytes().position(|byte| !allowed(byte)) {
            return Err(KeyError::Character { position });
        }
        let (body, check) = text.split_at(text.len() - 2);
        let expected = check_number(body.as_bytes());
        if check != format!("{expected:02}") {
            return Err(KeyError::CheckNumber { expected });
        }
        let mut bytes = [0; LONGEST];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self {
            bytes,
            length: text.len() as u8,
        })
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        as_text(&self.bytes[..usize::from(self.length)])
    }

    /// The trade item number that a German pharmacy number also has (NTIN); `None` for numbers of other agencies.
    pub fn ntin(&self) -> Option<Gtin> {
        let number = self.as_str().strip_prefix(GERMAN)?;
        let number = &number[..number.len() - 2];
        if number.len() != 8 {
            return None;
        }
        let body = format!("{NTIN_PREFIX}{number}");
        let check = check_digit(body.as_bytes())?;
        Gtin::parse(&format!("{body}{}", char::from(check))).ok()
    }
}

/// The sum of the characters' ASCII numbers, each times its place counted from 2, modulo 97.
fn check_number(body: &[u8]) -> u32 {
    let weights = 2_u32..;
    let products = body
        .iter()
        .zip(weights)
        .map(|(byte, weight)| u32::from(*byte) * weight);
    products.sum::<u32>() % 97
}

impl FromStr for Ppn {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl fmt::Display for Ppn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Ppn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Ppn({self})")
    }
}
