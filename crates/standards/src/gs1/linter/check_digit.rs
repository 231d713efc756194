//! The check digit of GS1 keys: modulo 10 with weights 3 and 1 from the right (GS1 General Specifications, 7.9.1).

use super::characters::digits;
use super::{LintError, LintFault};

pub(super) fn lint(data: &[u8]) -> Result<(), LintFault> {
    let Some((_, body)) = data.split_last() else {
        return Err(LintFault::new(LintError::TooShortForCheckDigit, 0, 0));
    };
    digits(data)?;
    if verify_check_digit(data) {
        return Ok(());
    }
    Err(LintFault::new(
        LintError::IncorrectCheckDigit,
        body.len(),
        1,
    ))
}

/// The check digit, in ASCII, that follows `body`; `None` where a byte is not a digit.
pub fn check_digit(body: &[u8]) -> Option<u8> {
    if !body.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum = weighted(body.iter().rev());
    Some(b'0' + ((10 - sum % 10) % 10) as u8)
}

/// Whether the last of these digits is the check digit of the others.
pub fn verify_check_digit(key: &[u8]) -> bool {
    key.split_last()
        .is_some_and(|(last, body)| check_digit(body) == Some(*last))
}

fn weighted<'a>(digits_from_the_right: impl Iterator<Item = &'a u8>) -> u32 {
    let weights = [3, 1].into_iter().cycle();
    digits_from_the_right
        .zip(weights)
        .fold(0_u32, |sum, (digit, weight)| {
            sum.wrapping_add(u32::from(digit - b'0') * weight)
        })
}
