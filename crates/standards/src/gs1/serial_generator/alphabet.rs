//! Characters that are not mistaken for one another, five bits each.

/// The characters of serial numbers, by value: digits and capitals without 0, 1, I and O.
pub const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

pub(super) const BITS: usize = 5;
const MASK: u128 = 31;

/// The lowest five bits for each of `length` characters, the highest first.
pub(super) fn spell(number: u128, length: usize) -> String {
    let value = |place: usize| (number >> (BITS * place)) & MASK;
    (0..length)
        .rev()
        .map(|place| char::from(ALPHABET[value(place) as usize]))
        .collect()
}

/// The number that is spelled so; `None` where a character is not of the alphabet.
pub(super) fn number(text: &str) -> Option<u128> {
    text.bytes().try_fold(0, |number, byte| {
        let value = ALPHABET.iter().position(|one| *one == byte)?;
        Some(number << BITS | value as u128)
    })
}
