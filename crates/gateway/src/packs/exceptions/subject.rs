//! What an exception is about, as the book keeps it.

use alloy_primitives::B256;
use serde::{Deserialize, Serialize};

use crate::packs::{
    exception::{Exception, Fault},
    label::Label,
};

/// What does not fit. Packs are in elements with brackets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Subject {
    /// It was scanned, and no data came with it.
    ProductWithoutData {
        /// The pack.
        pack: String,
    },
    /// Data came, and no such pack.
    DataWithoutProduct {
        /// The pack.
        pack: String,
    },
    /// Lot or expiry are others than in the data.
    Misaligned {
        /// The pack as scanned.
        pack: String,
        /// The pack as the data have it.
        expected: String,
    },
    /// More came than was ordered.
    Overage {
        /// The product.
        gtin: String,
        /// Ordered.
        ordered: u32,
        /// Received.
        received: u32,
    },
    /// Less came than was ordered.
    Underage {
        /// The product.
        gtin: String,
        /// Ordered.
        ordered: u32,
        /// Received.
        received: u32,
    },
    /// It came damaged.
    Damage {
        /// The pack.
        pack: String,
    },
    /// A number in the data is wrong.
    MasterData {
        /// `gln` or `gtin`.
        what: Number,
        /// The number.
        wrong: String,
        /// The right one, where it is known.
        right: Option<String>,
    },
    /// Anything else.
    Other {
        /// The pack, where it is of one.
        pack: Option<String>,
        /// In words.
        words: String,
    },
}

/// A number of GS1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Number {
    /// Of a place.
    Gln,
    /// Of a product.
    Gtin,
}

impl Subject {
    /// What an exception of a receipt is about.
    pub fn of(exception: &Exception) -> Self {
        let pack = exception.label.map(|label| label.bracketed());
        match (&exception.fault, pack) {
            (Fault::Unexpected, Some(pack)) => Self::ProductWithoutData { pack },
            (Fault::Missing, Some(pack)) => Self::DataWithoutProduct { pack },
            (Fault::Misaligned { expected }, Some(pack)) => {
                let expected = expected.clone();
                Self::Misaligned { pack, expected }
            }
            (fault, pack) => Self::Other {
                pack,
                words: fault.to_string(),
            },
        }
    }

    /// What came of a product against what was ordered; `None` where it is the same.
    pub fn of_count(gtin: &str, ordered: u32, received: u32) -> Option<Self> {
        let gtin = gtin.to_owned();
        match received.cmp(&ordered) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Self::Overage {
                gtin,
                ordered,
                received,
            }),
            std::cmp::Ordering::Less => Some(Self::Underage {
                gtin,
                ordered,
                received,
            }),
        }
    }

    /// The word for people.
    pub fn word(&self) -> &'static str {
        match self {
            Self::ProductWithoutData { .. } => "product without data",
            Self::DataWithoutProduct { .. } => "data without product",
            Self::Misaligned { .. } => "misaligned",
            Self::Overage { .. } => "overage",
            Self::Underage { .. } => "underage",
            Self::Damage { .. } => "damage",
            Self::MasterData { .. } => "master data",
            Self::Other { .. } => "other",
        }
    }

    /// In words.
    pub fn text(&self) -> String {
        match self {
            Self::ProductWithoutData { pack }
            | Self::DataWithoutProduct { pack }
            | Self::Damage { pack } => pack.clone(),
            Self::Misaligned { pack, expected } => format!("{pack}, expected {expected}"),
            Self::Overage {
                gtin,
                ordered,
                received,
            }
            | Self::Underage {
                gtin,
                ordered,
                received,
            } => format!("{gtin}: {received} of {ordered}"),
            Self::MasterData { wrong, right, .. } => match right {
                Some(right) => format!("{wrong}, should be {right}"),
                None => wrong.clone(),
            },
            Self::Other { pack, words } => match pack {
                Some(pack) => format!("{pack}: {words}"),
                None => words.clone(),
            },
        }
    }

    /// Tags of the packs that it puts in question: as scanned, and as the data have them.
    pub(in crate::packs) fn tags(&self) -> Vec<B256> {
        let packs = match self {
            Self::ProductWithoutData { pack }
            | Self::DataWithoutProduct { pack }
            | Self::Damage { pack } => vec![pack],
            Self::Misaligned { pack, expected } => vec![pack, expected],
            Self::Other { pack, .. } => pack.iter().collect(),
            Self::Overage { .. } | Self::Underage { .. } | Self::MasterData { .. } => Vec::new(),
        };
        packs
            .into_iter()
            .filter_map(|pack| read(pack))
            .map(|label| label.tag())
            .collect()
    }
}

/// A pack in elements with brackets.
pub(super) fn read(pack: &str) -> Option<Label> {
    Some(Label::scan(pack).ok()?.label)
}
