//! The check character pair of the Global Model Number (GS1 General Specifications, 7.9.5).

use super::{LintError, LintFault};

/// The place of a character here is its value.
const VALUES: &[u8; 82] =
    b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
/// The place of a check character here is its value: no character is easily mistaken for another.
const CHECK_CHARACTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const MODULUS: u32 = 1021;
const WEIGHTS: [u32; 97] = primes();

pub(super) fn lint(data: &[u8]) -> Result<(), LintFault> {
    let Some(body_length) = data.len().checked_sub(2) else {
        return Err(LintFault::whole(LintError::TooShortForCheckPair, data));
    };
    let (body, pair) = data.split_at(body_length);
    if body.len() > WEIGHTS.len() {
        return Err(LintFault::whole(LintError::TooLongForCheckPair, data));
    }
    let sum = weighted(body)
        .map_err(|place| LintFault::new(LintError::InvalidCset82Character, place, 1))?;
    if pair == pair_of(sum) {
        return Ok(());
    }
    Err(LintFault::new(LintError::IncorrectCheckPair, body.len(), 2))
}

/// The two check characters that follow `body`; `None` where a byte is outside character set 82 or there are more than 97.
pub fn check_pair(body: &[u8]) -> Option<[u8; 2]> {
    if body.len() > WEIGHTS.len() {
        return None;
    }
    weighted(body).ok().map(pair_of)
}

/// The sum of values times primes, the last character weighing least, or the place of a character without value.
fn weighted(body: &[u8]) -> Result<u32, usize> {
    let mut sum = 0;
    for (place, byte) in body.iter().enumerate() {
        let value = VALUES.iter().position(|value| value == byte).ok_or(place)?;
        sum += value as u32 * WEIGHTS[body.len() - 1 - place];
    }
    Ok(sum % MODULUS)
}

fn pair_of(sum: u32) -> [u8; 2] {
    [
        CHECK_CHARACTERS[(sum >> 5) as usize],
        CHECK_CHARACTERS[(sum & 31) as usize],
    ]
}

const fn primes() -> [u32; 97] {
    let mut primes = [0; 97];
    let mut count = 0;
    let mut candidate = 2;
    while count < primes.len() {
        let mut index = 0;
        while index < count && candidate % primes[index] != 0 {
            index += 1;
        }
        if index == count {
            primes[count] = candidate;
            count += 1;
        }
        candidate += 1;
    }
    primes
}
