//! What does not fit between a package, the ledger and what is there.

use std::collections::{BTreeMap, BTreeSet};

use theriac_contracts::{codes::FlagKind, packs::CustodyError};

use super::label::Label;

/// An exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The pack, where it is of one.
    pub label: Option<Label>,
    /// What does not fit.
    pub fault: Fault,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The proof does not lead to the root.
    #[error("the pack is not in the lot that is claimed")]
    NotInTheLot,
    /// The ledger has no such lot.
    #[error("no such lot was commissioned")]
    LotUnknown,
    /// Nobody answers for the product.
    #[error("nobody has claimed the product")]
    ProductUnknown,
    /// Who commissioned the lot does not answer for the product.
    #[error(
        "the lot was commissioned by organisation {organisation}, which does not answer for the product"
    )]
    LotOfAnother {
        /// Who commissioned it.
        organisation: u32,
    },
    /// The way does not lead here.
    #[error("the way of the pack does not hold: {0}")]
    Custody(CustodyError),
    /// The key that holds it is another's.
    #[error("the key that holds the pack is not yours")]
    KeyNotYours,
    /// The key that holds it was closed.
    #[error("the key that holds the pack was closed")]
    KeyClosed,
    /// Another organisation handed it over than the one that sent the package.
    #[error("another organisation handed the pack over than the one that sent the package")]
    SentByAnother,
    /// An event is not on the ledger.
    #[error("the ledger has no commitment to event {event} of the document")]
    PaperNotCommitted {
        /// Its place, from 0.
        event: usize,
    },
    /// An event says another time than that at which the ledger was told of it.
    #[error(
        "event {event} says a time that is after the ledger was told, or more than a day before"
    )]
    PaperTime {
        /// Its place, from 0.
        event: usize,
    },
    /// A flag stands on its lot or on a unit in which it travelled.
    #[error("flagged {kind}")]
    Flagged {
        /// What it says.
        kind: FlagKind,
    },
    /// It is in the package and was not scanned.
    #[error("in the package, and not among the scans")]
    Missing,
    /// It was scanned and is not in the package.
    #[error("scanned, and not in the package")]
    Unexpected,
    /// It was scanned more than once.
    #[error("scanned {times} times")]
    Duplicate {
        /// How often.
        times: usize,
    },
    /// Lot or expiry are others than in the package.
    #[error("lot or expiry differ: the package says {expected}")]
    Misaligned {
        /// The pack as the package has it.
        expected: String,
    },
    /// A scan cannot be read.
    #[error("scan {line} cannot be read")]
    Unreadable {
        /// Its line, from 1.
        line: usize,
    },
}

impl Fault {
    /// The stable code, a fact in one word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotInTheLot => "NotInTheLot",
            Self::LotUnknown => "LotUnknown",
            Self::ProductUnknown => "ProductUnknown",
            Self::LotOfAnother { .. } => "LotOfAnother",
            Self::Custody(_) => "CustodyBroken",
            Self::KeyNotYours => "KeyNotYours",
            Self::KeyClosed => "KeyClosed",
            Self::SentByAnother => "SentByAnother",
            Self::PaperNotCommitted { .. } => "PaperNotCommitted",
            Self::PaperTime { .. } => "PaperTime",
            Self::Flagged { .. } => "Flagged",
            Self::Missing => "Missing",
            Self::Unexpected => "Unexpected",
            Self::Duplicate { .. } => "Duplicate",
            Self::Misaligned { .. } => "Misaligned",
            Self::Unreadable { .. } => "Unreadable",
        }
    }
}

impl Exception {
    /// An exception of a pack.
    pub fn of(label: Label, fault: Fault) -> Self {
        Self {
            label: Some(label),
            fault,
        }
    }

    /// An exception of no pack alone.
    pub fn alone(fault: Fault) -> Self {
        Self { label: None, fault }
    }
}

/// Compares what should be there with scans, one a line. A blank line is none.
pub fn compare(expected: &[Label], scans: &[String]) -> Vec<Exception> {
    let by_serial: BTreeMap<_, _> = expected
        .iter()
        .map(|label| ((label.gtin(), label.serial()), *label))
        .collect();
    let mut seen: BTreeMap<Label, usize> = BTreeMap::new();
    let mut exceptions = Vec::new();
    for (line, scan) in (1..).zip(scans).filter(|(_, scan)| !scan.trim().is_empty()) {
        match Label::scan(scan) {
            Ok(scanned) => *seen.entry(scanned.label).or_default() += 1,
            Err(_) => exceptions.push(Exception::alone(Fault::Unreadable { line })),
        }
    }
    let mut there = BTreeSet::new();
    for (label, times) in seen {
        match by_serial.get(&(label.gtin(), label.serial())) {
            Some(found) if *found == label => {
                there.insert(*found);
            }
            Some(found) => {
                there.insert(*found);
                let expected = found.bracketed();
                exceptions.push(Exception::of(label, Fault::Misaligned { expected }));
            }
            None => exceptions.push(Exception::of(label, Fault::Unexpected)),
        }
        if times > 1 {
            exceptions.push(Exception::of(label, Fault::Duplicate { times }));
        }
    }
    let missing = expected.iter().filter(|label| !there.contains(*label));
    exceptions.extend(missing.map(|label| Exception::of(*label, Fault::Missing)));
    exceptions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(serial: &str, lot: &str) -> Label {
        Label::new("04012345123456", serial, lot, "271100").unwrap()
    }

    #[test]
    fn scans_are_compared_with_what_should_be_there() {
        let expected = ["A1", "A2", "A3", "A4"].map(|serial| label(serial, "L7"));
        let scans = [
            label("A1", "L7").bracketed(),
            label("A2", "L7").bracketed(),
            label("A2", "L7").bracketed(),
            String::new(),
            label("A3", "L8").bracketed(),
            label("A9", "L7").bracketed(),
            "hello".to_owned(),
        ];
        let found = compare(&expected, &scans);
        let found: Vec<_> = found
            .iter()
            .map(|one| {
                (
                    one.label.map(|label| label.serial().to_owned()),
                    one.fault.code(),
                )
            })
            .collect();
        let pack = |serial: &str| Some(serial.to_owned());
        let rows = [
            (None, "Unreadable"),
            (pack("A2"), "Duplicate"),
            (pack("A3"), "Misaligned"),
            (pack("A9"), "Unexpected"),
            (pack("A4"), "Missing"),
        ];
        assert_eq!(found, rows);
    }

    #[test]
    fn scans_of_exactly_what_should_be_there_are_no_exception() {
        let expected = ["A1", "A2"].map(|serial| label(serial, "L7"));
        let scans = expected.map(|label| label.bracketed());
        assert_eq!(compare(&expected, &scans), []);
    }
}
