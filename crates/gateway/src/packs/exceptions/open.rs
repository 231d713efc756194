//! Exceptions are opened: those of a receipt by itself, others by hand.

use alloy_primitives::B256;

use super::Subject;
use crate::packs::{
    Error, Partner, Receipt,
    book::NewException,
    exception::{Exception, Fault},
};

/// Against whom, and when.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// The shipment, where that is known.
    pub shipment: Option<B256>,
    /// Who sent it; 0 where that is not known.
    pub organisation: u32,
    /// The sender's GLN, or nothing.
    pub gln: &'a str,
    /// Unix milliseconds.
    pub now_ms: u64,
}

impl Against<'_> {
    /// An exception against it.
    pub(in crate::packs) fn found(&self, subject: Subject) -> NewException {
        NewException {
            shipment: self.shipment,
            organisation: self.organisation,
            gln: self.gln.to_owned(),
            subject,
            time_ms: self.now_ms,
        }
    }

    /// The exceptions of a receipt. A flag is none: it keeps its packs from being dispensed by itself, for as long as it stands.
    pub(in crate::packs) fn found_all(&self, exceptions: &[Exception]) -> Vec<NewException> {
        let is_flag = |one: &Exception| matches!(one.fault, Fault::Flagged { .. });
        let subjects = exceptions
            .iter()
            .filter(|one| !is_flag(one))
            .map(Subject::of);
        subjects.map(|subject| self.found(subject)).collect()
    }
}

impl Partner {
    /// Opens an exception that was found by hand: damage, a count, a wrong number. Its packs are kept apart from now on.
    ///
    /// # Errors
    /// Those of the book.
    pub fn open_exception(
        &mut self,
        subject: Subject,
        against: &Against<'_>,
    ) -> Result<i64, Error> {
        let numbers = self.book.open_exceptions(&[against.found(subject)])?;
        Ok(numbers.into_iter().next().expect("one was opened"))
    }

    /// Compares what came with what was ordered, product by product; the exceptions that this opens.
    ///
    /// # Errors
    /// Those of the book.
    pub fn check_order(
        &mut self,
        receipt: &Receipt,
        ordered: &[(String, u32)],
        now_ms: u64,
    ) -> Result<Vec<i64>, Error> {
        let against = Against {
            shipment: Some(receipt.shipment),
            organisation: receipt.organisation,
            gln: &receipt.from,
            now_ms,
        };
        let differ = ordered
            .iter()
            .filter_map(|(gtin, ordered)| Subject::of_count(gtin, *ordered, receipt.counted(gtin)));
        let found: Vec<_> = differ.map(|subject| against.found(subject)).collect();
        Ok(self.book.open_exceptions(&found)?)
    }
}
