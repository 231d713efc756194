//! Why a text is no key.

use crate::gs1::linter::{check_digit, verify_check_digit};

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Another number of characters.
    #[error("{expected} digits expected, got {got} bytes")]
    Length {
        /// Digits that it has.
        expected: usize,
        /// Bytes found.
        got: usize,
    },
    /// A trade item number has 8, 12, 13 or 14 digits.
    #[error("a GTIN has 8, 12, 13 or 14 digits, got {got} bytes")]
    GtinLength {
        /// Bytes found.
        got: usize,
    },
    /// Zeros alone, which stand for no trade item.
    #[error("a GTIN of zeros names no trade item")]
    GtinZero,
    /// A character is not a digit.
    #[error("a digit expected at byte {position}")]
    NotADigit {
        /// The byte's place.
        position: usize,
    },
    /// The last digit does not follow from the others.
    #[error("check digit {expected} expected, got {got}")]
    CheckDigit {
        /// The digit that follows from the others.
        expected: char,
        /// The digit found.
        got: char,
    },
    /// A pharmacy product number has 5 to 22 characters.
    #[error("a PPN has 5 to 22 characters, got {got} bytes")]
    PpnLength {
        /// Bytes found.
        got: usize,
    },
    /// The last two digits do not follow from the others.
    #[error("check digits {expected:02} expected")]
    CheckNumber {
        /// The number that follows from the others.
        expected: u32,
    },
    /// Nothing, where one character at least is needed.
    #[error("empty")]
    Empty,
    /// More characters than there may be.
    #[error("{got} bytes: at most {allowed} expected")]
    TooLong {
        /// Bytes allowed.
        allowed: usize,
        /// Bytes found.
        got: usize,
    },
    /// A character outside GS1 AI encodable character set 82.
    #[error("a character outside character set 82 at byte {position}")]
    Character {
        /// The byte's place.
        position: usize,
    },
    /// No such month.
    #[error("month 01 to 12 expected, got {got:02}")]
    Month {
        /// The month found.
        got: u8,
    },
    /// No such day in that month, nor 00.
    #[error("no day {got:02} in that month, and not 00")]
    Day {
        /// The day found.
        got: u8,
    },
}

/// Exactly `N` digits.
pub(super) fn digits<const N: usize>(text: &str) -> Result<[u8; N], KeyError> {
    if let Some(position) = text.bytes().position(|byte| !byte.is_ascii_digit()) {
        return Err(KeyError::NotADigit { position });
    }
    text.as_bytes().try_into().map_err(|_| KeyError::Length {
        expected: N,
        got: text.len(),
    })
}

/// Exactly `N` digits, of which the last is the check digit.
pub(super) fn checked<const N: usize>(text: &str) -> Result<[u8; N], KeyError> {
    let key = digits::<N>(text)?;
    require_check_digit(&key)?;
    Ok(key)
}

/// The last of these digits is the check digit of the others.
pub(super) fn require_check_digit(key: &[u8]) -> Result<(), KeyError> {
    if verify_check_digit(key) {
        return Ok(());
    }
    let (last, body) = key.split_last().ok_or(KeyError::Empty)?;
    let expected = check_digit(body).expect("the caller passes digits alone");
    Err(KeyError::CheckDigit {
        expected: char::from(expected),
        got: char::from(*last),
    })
}

/// Digits as text.
pub(super) fn as_text(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("only ASCII is ever stored")
}
