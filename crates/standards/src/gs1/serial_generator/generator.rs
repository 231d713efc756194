//! Makes the serial numbers of a lot.

use std::fmt;

use zeroize::Zeroizing;

use super::alphabet::{BITS, number, spell};
use super::odds::{LEAST_GUESSES, LONGEST, SHORTEST, guesses_per_hit};
use super::permutation::Permutation;
use crate::gs1::key::Serial;

/// The serial numbers of so many packs, one for each counter.
pub struct SerialGenerator {
    key: Zeroizing<[u8; 32]>,
    length: usize,
    packs: u64,
}

/// Why there is no generator, or no serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SerialError {
    /// Too short, or longer than a serial number can be.
    #[error("a serial number has {SHORTEST} to {LONGEST} characters, got {got}")]
    Length {
        /// Characters asked for.
        got: usize,
    },
    /// No packs.
    #[error("no packs")]
    NoPacks,
    /// For so many packs the serial numbers are too short.
    #[error(
        "one guess in {guesses} would hit one of {packs} packs: fewer than one in {LEAST_GUESSES} may; take longer serial numbers"
    )]
    TooEasilyGuessed {
        /// Guesses for one hit.
        guesses: u128,
        /// Packs.
        packs: u64,
    },
    /// The counter is beyond the packs of the generator.
    #[error("counters below {packs} expected, got {got}")]
    Counter {
        /// Packs of the generator.
        packs: u64,
        /// The counter.
        got: u64,
    },
}

impl SerialGenerator {
    /// A generator for `packs` packs, of serial numbers of `length` characters. The key is 32 random bytes that nobody else knows; a key
    /// is used for one generator only, since two with the same key and length make the same numbers.
    ///
    /// # Errors
    /// [`SerialError`] when the length is outside 12 to 20, or a guess would hit too often.
    pub fn new(key: [u8; 32], length: usize, packs: u64) -> Result<Self, SerialError> {
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(SerialError::Length { got: length });
        }
        match guesses_per_hit(length, packs) {
            None => Err(SerialError::NoPacks),
            Some(guesses) if guesses <= LEAST_GUESSES => {
                Err(SerialError::TooEasilyGuessed { guesses, packs })
            }
            Some(_) => Ok(Self {
                key: Zeroizing::new(key),
                length,
                packs,
            }),
        }
    }

    /// The serial number of a pack, counted from 0.
    ///
    /// # Errors
    /// [`SerialError::Counter`] beyond the last pack.
    pub fn serial(&self, counter: u64) -> Result<Serial, SerialError> {
        if counter >= self.packs {
            return Err(SerialError::Counter {
                packs: self.packs,
                got: counter,
            });
        }
        let text = spell(self.permutation().forward(counter.into()), self.length);
        Ok(Serial::parse(&text)
            .expect("the alphabet is of character set 82, the length at most 20"))
    }

    /// The counter of a serial number; `None` where this generator does not make it.
    pub fn counter(&self, serial: &Serial) -> Option<u64> {
        let text = serial.as_str();
        if text.len() != self.length {
            return None;
        }
        let counter = u64::try_from(self.permutation().back(number(text)?)).ok()?;
        (counter < self.packs).then_some(counter)
    }

    fn permutation(&self) -> Permutation<'_> {
        Permutation {
            key: &self.key,
            bits: BITS * self.length,
        }
    }
}

impl fmt::Debug for SerialGenerator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SerialGenerator")
            .field("length", &self.length)
            .field("packs", &self.packs)
            .finish_non_exhaustive()
    }
}
