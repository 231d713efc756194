//! An application identifier: two to four digits that say what the data after them is.

use std::fmt;
use std::str::FromStr;

/// Two to four ASCII digits. The order is that of the digits as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ai {
    digits: [u8; 4],
    length: u8,
}

/// Why a text is no application identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AiError {
    /// It has fewer than two or more than four characters.
    #[error("an application identifier has 2 to 4 digits, got {got} characters")]
    Length {
        /// Bytes found.
        got: usize,
    },
    /// A character is not a digit.
    #[error("an application identifier has digits only, got another character at {position}")]
    NotADigit {
        /// The byte's place.
        position: usize,
    },
}

impl Ai {
    /// SSCC: a logistic unit.
    pub const SSCC: Self = Self::of("00");
    /// GTIN: a trade item.
    pub const GTIN: Self = Self::of("01");
    /// BATCH/LOT.
    pub const LOT: Self = Self::of("10");
    /// USE BY OR EXPIRY, `YYMMDD`.
    pub const EXPIRY: Self = Self::of("17");
    /// SERIAL.
    pub const SERIAL: Self = Self::of("21");

    /// For identifiers that stand in source text.
    ///
    /// # Panics
    /// When `text` is not two to four digits; used in constants, where that fails the build.
    pub const fn of(text: &str) -> Self {
        match Self::from_bytes(text.as_bytes()) {
            Ok(ai) => ai,
            Err(_) => panic!("an application identifier has two to four digits"),
        }
    }

    /// Reads two to four digits.
    ///
    /// # Errors
    /// [`AiError`] when the length is another or a byte is not a digit.
    pub const fn from_bytes(bytes: &[u8]) -> Result<Self, AiError> {
        if bytes.len() < 2 || bytes.len() > 4 {
            return Err(AiError::Length { got: bytes.len() });
        }
        let mut digits = [0; 4];
        let mut position = 0;
        while position < bytes.len() {
            if !bytes[position].is_ascii_digit() {
                return Err(AiError::NotADigit { position });
            }
            digits[position] = bytes[position];
            position += 1;
        }
        Ok(Self {
            digits,
            length: bytes.len() as u8,
        })
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.length)])
            .expect("only ASCII digits are ever stored")
    }

    /// Whether the digits are those of `pattern`, in which `n` stands for any digit: `31nn`.
    pub(crate) fn matches(self, pattern: &str) -> bool {
        let digits = &self.digits[..usize::from(self.length)];
        pattern.len() == digits.len()
            && pattern
                .bytes()
                .zip(digits)
                .all(|(wanted, digit)| wanted == b'n' || wanted == *digit)
    }

    /// The number of the digits filled up with zeros to four: identifiers are free of prefixes, so it is unique.
    pub(crate) const fn slot(self) -> usize {
        let mut slot = 0;
        let mut position = 0;
        while position < 4 {
            let digit = match self.digits[position] {
                0 => 0,
                digit => digit - b'0',
            };
            slot = slot * 10 + digit as usize;
            position += 1;
        }
        slot
    }

    pub(crate) const fn len(self) -> usize {
        self.length as usize
    }
}

impl FromStr for Ai {
    type Err = AiError;

    fn from_str(text: &str) -> Result<Self, AiError> {
        Self::from_bytes(text.as_bytes())
    }
}

impl fmt::Display for Ai {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Ai {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "({})", self.as_str())
    }
}
