//! Character sets, each a table of 256 answers.

use super::{LintError, LintFault};
use crate::gs1::dictionary::CharacterSet;

static CSET82: [bool; 256] =
    members(b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
static CSET39: [bool; 256] = members(b"#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
static CSET64: [bool; 256] =
    members(b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

/// Whether a byte is of GS1 AI encodable character set 82.
pub(crate) fn is_cset82(byte: u8) -> bool {
    CSET82[usize::from(byte)]
}

/// Whether a byte is of GS1 AI encodable character set 64, padding apart.
pub(super) fn is_cset64(byte: u8) -> bool {
    CSET64[usize::from(byte)]
}

impl CharacterSet {
    /// Checks that every byte is of the set.
    ///
    /// # Errors
    /// The first byte that is not, or padding of base64 that is wrong.
    pub fn check(self, data: &[u8]) -> Result<(), LintFault> {
        match self {
            Self::Numeric => digits(data),
            Self::Cset82 => all(data, &CSET82, LintError::InvalidCset82Character),
            Self::Cset39 => all(data, &CSET39, LintError::InvalidCset39Character),
            Self::Cset64 => base64(data),
        }
    }
}

/// Checks that every byte is a digit.
pub(super) fn digits(data: &[u8]) -> Result<(), LintFault> {
    match data.iter().position(|byte| !byte.is_ascii_digit()) {
        None => Ok(()),
        Some(place) => Err(LintFault::new(LintError::NonDigitCharacter, place, 1)),
    }
}

fn all(data: &[u8], set: &[bool; 256], error: LintError) -> Result<(), LintFault> {
    match data.iter().position(|byte| !set[usize::from(*byte)]) {
        None => Ok(()),
        Some(place) => Err(LintFault::new(error, place, 1)),
    }
}

/// Padding closes a length that is a multiple of three, with at most two signs, as the reference has it.
fn base64(data: &[u8]) -> Result<(), LintFault> {
    let padding = data.iter().rev().take_while(|byte| **byte == b'=').count();
    let text = data.len() - padding;
    if padding > 2 || (padding > 0 && !data.len().is_multiple_of(3)) {
        return Err(LintFault::new(
            LintError::InvalidCset64Padding,
            text,
            padding,
        ));
    }
    all(&data[..text], &CSET64, LintError::InvalidCset64Character)
}

const fn members(text: &[u8]) -> [bool; 256] {
    let mut set = [false; 256];
    let mut index = 0;
    while index < text.len() {
        set[text[index] as usize] = true;
        index += 1;
    }
    set
}
