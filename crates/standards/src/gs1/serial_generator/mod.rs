//! Serial numbers that cannot be guessed and never repeat.
//!
//! The counter of a pack goes through a permutation of all serial numbers of the chosen length, drawn by a secret key: different
//! counters give different serial numbers, and without the key no number tells another. The permutation is a Feistel network of ten
//! rounds over five bits for each character, with SHA-256 of key, round and half as its function.
//!
//! Delegated Regulation (EU) 2016/161, Article 4, asks that a guess be right with a probability of less than one in ten thousand. A
//! generator is made for a number of packs and refuses a length at which that does not hold.

mod alphabet;
mod generator;
mod odds;
mod permutation;

pub use alphabet::ALPHABET;
pub use generator::{SerialError, SerialGenerator};
pub use odds::{LONGEST, SHORTEST, guesses_per_hit};
