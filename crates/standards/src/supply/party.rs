//! Who takes part.

use crate::gs1::{
    key::{Gln, Gtin, Sscc},
    linter::check_digit,
};

use super::Counts;

/// Products of each maker.
const PRODUCTS: u64 = 5;

/// What a party does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartyKind {
    /// Makes packs.
    Maker,
    /// Takes pallets, gives totes.
    Wholesaler,
    /// Dispenses.
    Pharmacy,
    /// Takes whole cases and dispenses.
    Hospital,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// What it does.
    pub kind: PartyKind,
    /// A name that can be a file's: `pharmacy-3`.
    pub name: String,
    /// Its place.
    pub gln: Gln,
    /// Its company prefix, seven digits.
    pub prefix: String,
}

/// All parties; a party is named by its place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    all: Vec<Party>,
}

impl PartyKind {
    const ALL: [Self; 4] = [
        Self::Maker,
        Self::Wholesaler,
        Self::Pharmacy,
        Self::Hospital,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Maker => "maker",
            Self::Wholesaler => "wholesaler",
            Self::Pharmacy => "pharmacy",
            Self::Hospital => "hospital",
        }
    }

    fn count(self, counts: &Counts) -> u64 {
        match self {
            Self::Maker => counts.makers,
            Self::Wholesaler => counts.wholesalers,
            Self::Pharmacy => counts.pharmacies,
            Self::Hospital => counts.hospitals,
        }
    }
}

impl Parties {
    pub(super) fn new(counts: &Counts) -> Self {
        let of_kind = |(place, kind): (usize, PartyKind)| {
            (1..=kind.count(counts)).map(move |number| {
                let prefix = format!("40{}{number:04}", place + 1);
                Party {
                    kind,
                    name: format!("{}-{number}", kind.word()),
                    gln: Gln::parse(&checked(&format!("{prefix}00000"))).expect("13 digits"),
                    prefix,
                }
            })
        };
        let kinds = PartyKind::ALL.into_iter().enumerate();
        Self {
            all: kinds.flat_map(of_kind).collect(),
        }
    }

    /// All of them, in order.
    pub fn all(&self) -> &[Party] {
        &self.all
    }

    /// The party at this place.
    pub fn at(&self, place: usize) -> &Party {
        &self.all[place]
    }

    /// The places of all parties of a kind.
    pub fn of(&self, kind: PartyKind) -> Vec<usize> {
        let places = self.all.iter().enumerate();
        let places = places.filter(|(_, party)| party.kind == kind);
        places.map(|(place, _)| place).collect()
    }
}

impl Party {
    /// One of its products.
    pub(super) fn product(&self, number: u64) -> Gtin {
        let body = format!("0{}{:05}", self.prefix, number % PRODUCTS + 1);
        Gtin::parse(&checked(&body)).expect("14 digits")
    }

    /// A logistic unit that it numbers.
    pub(super) fn unit(&self, number: u64) -> Sscc {
        let (extension, reference) = (number / 1_000_000_000 % 10, number % 1_000_000_000);
        let body = format!("{extension}{}{reference:09}", self.prefix);
        Sscc::parse(&checked(&body)).expect("18 digits")
    }
}

fn checked(body: &str) -> String {
    let digit = check_digit(body.as_bytes()).expect("only digits are passed");
    format!("{body}{}", char::from(digit))
}
