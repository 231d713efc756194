//! International bank account numbers: a country, two check digits, the account (ISO 13616).

use super::codes::has_letters;
use super::{LintError, LintFault};

const HEAD: usize = 4;
const SHORTEST: usize = 11;
const LONGEST: usize = 34;

pub(super) fn lint(data: &[u8]) -> Result<(), LintFault> {
    if data.len() < HEAD {
        return Err(LintFault::whole(LintError::IbanTooShort, data));
    }
    if !has_letters(&data[..2]) {
        return Err(LintFault::new(LintError::IllegalIbanCountryCode, 0, 2));
    }
    if data.len() > LONGEST {
        return Err(LintFault::whole(LintError::IbanTooLong, data));
    }
    if data.len() < SHORTEST {
        return Err(LintFault::whole(LintError::IbanTooShort, data));
    }
    let mut remainder = 0;
    for place in (HEAD..data.len()).chain(0..HEAD) {
        let Some(value) = value(data[place]) else {
            return Err(LintFault::new(LintError::InvalidIbanCharacter, place, 1));
        };
        let shift = if value < 10 { 10 } else { 100 };
        remainder = (remainder * shift + value) % 97;
    }
    if remainder == 1 {
        return Ok(());
    }
    Err(LintFault::new(LintError::IncorrectIbanChecksum, 2, 2))
}

/// Digits count for themselves, A for 10, Z for 35.
fn value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        _ => None,
    }
}
