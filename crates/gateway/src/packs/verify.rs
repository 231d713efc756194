//! One answer to one scan: fit to be dispensed, or why not.

mod ask;
mod cause;
mod json;
mod judge;
mod look;
mod words;

use theriac_standards::gs1::scan::Repair;

use super::{
    Error, Partner,
    book::SeenFlag,
    label::{Label, ScanFault},
    messaging::ManufacturerAnswer,
};
pub use cause::{Cause, CauseClass};
pub(super) use judge::address;
pub(super) use look::Looked;

/// What became of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// What was scanned; `None` where it cannot be read.
    pub label: Option<Label>,
    /// What had to be undone to read it.
    pub repairs: Vec<Repair>,
    /// Why it is not fit; none where it is.
    pub causes: Vec<Cause>,
    /// The way of the pack.
    pub custody: Custody,
    /// Flags that stand on the pack, its lot, or units in which it travelled.
    pub flags: Vec<SeenFlag>,
    /// Where the product's manufacturer answers, for a pack that the book does not have.
    pub ask: Option<String>,
    /// What the manufacturer answered, where it was asked.
    pub manufacturer: Option<ManufacturerAnswer>,
    /// What was not checked, since nobody was asked or nobody answered.
    pub unchecked: Vec<&'static str>,
}

/// The way of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Custody {
    /// Proven from the lot to the partner's own key, which is open.
    Complete {
        /// How many hand-overs.
        steps: usize,
    },
    /// In the book, and not checked against the ledger.
    NotChecked,
    /// It does not lead here.
    Broken,
    /// The book has no way of this pack.
    Unknown,
}

impl Verification {
    /// Whether the pack may be dispensed.
    pub fn is_fit(&self) -> bool {
        self.causes.is_empty()
    }

    pub(super) fn unreadable(fault: &ScanFault) -> Self {
        Self {
            label: None,
            repairs: Vec::new(),
            causes: vec![Cause::Unreadable(fault.to_string())],
            custody: Custody::Unknown,
            flags: Vec::new(),
            ask: None,
            manufacturer: None,
            unchecked: Vec::new(),
        }
    }
}

impl Partner {
    /// Verifies a scan from the book and one round of questions to the ledger.
    ///
    /// # Errors
    /// Those of book and ledger; a scan that cannot be read is an answer.
    pub async fn verify(&mut self, scan: &str, now_ms: u64) -> Result<Verification, Error> {
        let scanned = match Label::scan(scan) {
            Ok(scanned) => scanned,
            Err(fault) => return Ok(Verification::unreadable(&fault)),
        };
        let looked = self.look(scanned)?;
        let told = looked.questions().ask(&self.client).await?;
        let flags = told.seen_flags();
        self.book.keep_flags(&flags, None)?;
        Ok(looked.judge(Some(&told), now_ms))
    }

    /// Verifies a scan from the book alone, and says what that leaves open.
    ///
    /// # Errors
    /// Those of the book.
    pub fn verify_offline(&self, scan: &str, now_ms: u64) -> Result<Verification, Error> {
        match Label::scan(scan) {
            Ok(scanned) => Ok(self.look(scanned)?.judge(None, now_ms)),
            Err(fault) => Ok(Verification::unreadable(&fault)),
        }
    }
}
