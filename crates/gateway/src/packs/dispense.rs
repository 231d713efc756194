//! Packs are dispensed: verified, entered, and kept with the secret that undoes it.

use alloy_primitives::B256;
use theriac_contracts::{Refusal as LedgerRefusal, codes::ExitKind};

use super::{
    Cause, Error, Partner, Refusal, Verification,
    book::{Entry, PackState},
    clock::utc,
    label::Label,
};

/// What became of a dispensing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispensed {
    /// It is entered.
    Entered {
        /// The pack.
        label: Label,
    },
    /// It waits for a node: [`Partner::settle_all`] enters it, or finds that the pack left elsewhere.
    Queued {
        /// The pack.
        label: Label,
        /// What was not checked.
        unchecked: Vec<&'static str>,
    },
}

impl Partner {
    /// Dispenses the pack of a scan.
    ///
    /// # Errors
    /// `NotFit`; `DispensedByYou` and `LeftElsewhere` for a pack that left; those of book and ledger.
    pub async fn dispense(&mut self, scan: &str, now_ms: u64) -> Result<Dispensed, Error> {
        let verification = self.verify(scan, now_ms).await?;
        let label = fit(&verification)?;
        let number = self.put_leaving(label.tag(), ExitKind::Dispensed, now_ms)?;
        match self.settle_these(&[number]).await {
            Ok(()) => Ok(Dispensed::Entered { label }),
            Err(error) => Err(self.why_refused(label.tag(), error).await),
        }
    }

    /// Dispenses the pack of a scan without a node: what the book knows must speak for it, and the entry waits.
    ///
    /// # Errors
    /// As [`Partner::dispense`], from the book alone.
    pub fn dispense_offline(&mut self, scan: &str, now_ms: u64) -> Result<Dispensed, Error> {
        let verification = self.verify_offline(scan, now_ms)?;
        let label = fit(&verification)?;
        self.put_leaving(label.tag(), ExitKind::Dispensed, now_ms)?;
        Ok(Dispensed::Queued {
            label,
            unchecked: verification.unchecked,
        })
    }

    pub(super) fn put_leaving(
        &mut self,
        tag: B256,
        kind: ExitKind,
        time_ms: u64,
    ) -> Result<i64, Error> {
        let pack = self.book.pack(tag)?.ok_or(Refusal::PackUnknown)?;
        if pack.state != PackState::Held {
            return Err(Refusal::NotHeld(pack.state.word()).into());
        }
        let entry = Entry::Leave {
            tags: vec![tag],
            kind: kind.code(),
            time_ms,
        };
        Ok(self.book.put_entry(&entry)?)
    }

    /// Who let a pack leave before, where that is why the ledger refused.
    pub async fn why_refused(&self, tag: B256, error: Error) -> Error {
        let left = [
            LedgerRefusal::AlreadyDispensed,
            LedgerRefusal::AlreadyDecommissioned,
        ];
        if !error
            .ledger_refusal()
            .is_some_and(|refusal| left.contains(&refusal))
        {
            return error;
        }
        let Ok(exit) = self.client.exit(self.nullifier(tag)).await else {
            return error;
        };
        let (time, organisation) = (utc(exit.timeMs), exit.organisation);
        match organisation == self.book.owner().organisation {
            true => Refusal::DispensedByYou(time).into(),
            false => Refusal::LeftElsewhere { organisation, time }.into(),
        }
    }
}

/// The label of a pack that is fit; the gravest cause otherwise.
pub(super) fn fit(verification: &Verification) -> Result<Label, Refusal> {
    let elsewhere = verification.causes.iter().find_map(|cause| match cause {
        Cause::LeftElsewhere {
            organisation,
            time_ms,
            ..
        } => Some(Refusal::LeftElsewhere {
            organisation: *organisation,
            time: utc(*time_ms),
        }),
        Cause::LeftHere { kind, time_ms } if *kind == ExitKind::Dispensed.code() => {
            Some(Refusal::DispensedByYou(utc(*time_ms)))
        }
        _ => None,
    });
    match (elsewhere, verification.causes.first(), verification.label) {
        (Some(refusal), _, _) => Err(refusal),
        (None, None, Some(label)) => Ok(label),
        (None, cause, _) => Err(Refusal::NotFit(
            cause.map_or("no label", Cause::code).to_owned(),
        )),
    }
}
