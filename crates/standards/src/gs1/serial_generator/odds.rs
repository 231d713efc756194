//! How hard a serial number is to guess.

use super::alphabet::BITS;

/// The fewest characters of a serial number.
pub const SHORTEST: usize = 12;
/// The most characters of a serial number.
pub const LONGEST: usize = 20;
/// A guess must hit in fewer than one of so many cases.
pub(super) const LEAST_GUESSES: u128 = 10_000;

/// How many guesses hit one of `packs` packs on average, rounded down: 32 to the power of `length`, by the number of packs. `None` for
/// no packs, or a length outside [`SHORTEST`] to [`LONGEST`].
pub fn guesses_per_hit(length: usize, packs: u64) -> Option<u128> {
    if !(SHORTEST..=LONGEST).contains(&length) {
        return None;
    }
    (1_u128 << (BITS * length)).checked_div(u128::from(packs))
}
