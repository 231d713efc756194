//! What a supply is made of, and how often things happen in it.

use std::{fmt, str::FromStr};

/// The most parties of one kind.
const MOST_PARTIES: u64 = 200;
/// Packs of one lot at most.
const MOST_PACKS: u64 = 100_000;
/// Lots at most.
const MOST_LOTS: u64 = 1_000_000;

/// All that a supply follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Other seeds give other supplies.
    pub seed: u64,
    /// How many of each.
    pub counts: Counts,
    /// How often things happen.
    pub rates: Rates,
    /// When the first lot is made, in Unix milliseconds.
    pub start_ms: u64,
}

/// How many of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Lots.
    pub lots: u64,
    /// Packs of each lot.
    pub packs: u64,
    /// Packs of a case.
    pub packs_per_case: u64,
    /// Cases of a pallet.
    pub cases_per_pallet: u64,
    /// Packs of a tote, as pharmacies order them.
    pub packs_per_tote: u64,
    /// Manufacturers.
    pub makers: u64,
    /// Wholesalers, two at least.
    pub wholesalers: u64,
    /// Pharmacies, two at least.
    pub pharmacies: u64,
    /// Hospitals.
    pub hospitals: u64,
}

/// How often something happens: so many of ten thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u32);

/// How often things happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Of scans: the scanner garbles it.
    pub faults: Rate,
    /// Of totes: packs of several lots go into it.
    pub mixed: Rate,
    /// Of cases at wholesalers: it goes to a hospital whole.
    pub whole_cases: Rate,
    /// Of packs at pharmacies: it goes back to the wholesaler, and out again.
    pub returns: Rate,
    /// Of packs at pharmacies: it is destroyed.
    pub destroyed: Rate,
    /// Of packs at pharmacies: it stays on the shelf.
    pub kept: Rate,
    /// Of packs that are dispensed: it is undone, and dispensed again.
    pub undone: Rate,
    /// Of packs at pharmacies: a copy of it is offered elsewhere.
    pub clones: Rate,
    /// Of packs at pharmacies: beside it one is offered whose serial number was guessed.
    pub guesses: Rate,
    /// Of packs that are dispensed: it bears another lot or expiry than it was made with.
    pub relabelled: Rate,
    /// Of cases in transit, and of packs at pharmacies: it is stolen.
    pub thefts: Rate,
    /// Of pallets: another wholesaler than the addressee takes it in.
    pub diversions: Rate,
    /// Of receipts: its paper says an earlier time.
    pub back_dated: Rate,
    /// Of totes: its papers go to another pharmacy too, and nothing with them.
    pub ghosts: Rate,
    /// Of totes: a pack travels in it that no paper names.
    pub unannounced: Rate,
}

/// Why there is no such supply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// Too few or too many of something.
    #[error("{got} {what}: {least} to {most} expected")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many.
        got: u64,
        /// How many at least.
        least: u64,
        /// How many at most.
        most: u64,
    },
    /// Not a percentage.
    #[error("a percentage from 0 to 100 with at most two decimals expected, such as 1 or 0.25")]
    Rate,
}

impl Parameters {
    /// A supply of this seed with usual counts and rates.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            counts: Counts::default(),
            rates: Rates::default(),
            // 2026-01-05T06:00:00Z.
            start_ms: 1_767_592_800_000,
        }
    }

    /// Checks all counts.
    ///
    /// # Errors
    /// [`ParameterError::Count`] of the first that is out of range.
    pub fn check(&self) -> Result<(), ParameterError> {
        let counts = &self.counts;
        let ranges = [
            ("lots", counts.lots, 1, MOST_LOTS),
            ("packs of a lot", counts.packs, 1, MOST_PACKS),
            ("packs of a case", counts.packs_per_case, 1, 1_000),
            ("cases of a pallet", counts.cases_per_pallet, 1, 100),
            ("packs of a tote", counts.packs_per_tote, 1, 1_000),
            ("makers", counts.makers, 1, MOST_PARTIES),
            ("wholesalers", counts.wholesalers, 2, MOST_PARTIES),
            ("pharmacies", counts.pharmacies, 2, MOST_PARTIES),
            ("hospitals", counts.hospitals, 1, MOST_PARTIES),
        ];
        let outside = ranges
            .into_iter()
            .find(|(_, got, least, most)| !(*least..=*most).contains(got));
        match outside {
            None => Ok(()),
            Some((what, got, least, most)) => Err(ParameterError::Count {
                what,
                got,
                least,
                most,
            }),
        }
    }
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            lots: 4,
            packs: 1_000,
            packs_per_case: 20,
            cases_per_pallet: 24,
            packs_per_tote: 12,
            makers: 2,
            wholesalers: 3,
            pharmacies: 12,
            hospitals: 1,
        }
    }
}

impl Rate {
    /// So many of ten thousand; more than all count as all.
    pub const fn of_ten_thousand(count: u32) -> Self {
        match count {
            0..=10_000 => Self(count),
            10_001.. => Self(10_000),
        }
    }

    /// How many of ten thousand.
    pub const fn per_ten_thousand(self) -> u32 {
        self.0
    }
}

impl FromStr for Rate {
    type Err = ParameterError;

    /// Reads a percentage: `1`, `0.25`, `2%`.
    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let text = text.strip_suffix('%').unwrap_or(text);
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 3) || !digits(decimals, 2) {
            return Err(ParameterError::Rate);
        }
        let number = |part: &str| part.parse::<u32>().map_err(|_| ParameterError::Rate);
        let hundredths = number(decimals)? * if decimals.len() == 1 { 10 } else { 1 };
        match number(whole)? * 100 + hundredths {
            count @ 0..=10_000 => Ok(Self(count)),
            10_001.. => Err(ParameterError::Rate),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

impl Default for Rates {
    fn default() -> Self {
        let rate = Rate::of_ten_thousand;
        Self {
            faults: rate(100),
            mixed: rate(3_000),
            whole_cases: rate(1_500),
            returns: rate(250),
            destroyed: rate(50),
            kept: rate(500),
            undone: rate(100),
            clones: rate(20),
            guesses: rate(10),
            relabelled: rate(10),
            thefts: rate(20),
            diversions: rate(50),
            back_dated: rate(50),
            ghosts: rate(20),
            unannounced: rate(20),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_read_to_two_decimals() {
        let rows = [
            ("0", 0),
            ("1", 100),
            ("0.25", 25),
            ("2.5%", 250),
            ("100", 10_000),
        ];
        for (text, expected) in rows {
            assert_eq!(text.parse(), Ok(Rate(expected)), "{text}");
        }
        for text in ["", "-1", "100.01", "1.234", "x", "1.", ".5", "1e2", "1000"] {
            assert_eq!(text.parse::<Rate>(), Err(ParameterError::Rate), "{text}");
        }
        assert_eq!(Rate(25).to_string(), "0.25%");
    }

    #[test]
    fn each_count_has_its_range() {
        let mut parameters = Parameters::new(1);
        assert_eq!(parameters.check(), Ok(()));
        parameters.counts.wholesalers = 1;
        let error = parameters.check().unwrap_err();
        assert_eq!(error.to_string(), "1 wholesalers: 2 to 200 expected");
    }
}
