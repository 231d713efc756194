//! Recalled lots as tasks: each pack that is held is to be pulled, until it is or was looked for in vain.

use alloy_primitives::B256;
use theriac_contracts::codes::{FlagKind, FlagSubject};

use crate::packs::{
    Error, Partner, Refusal,
    book::{KnownLot, PullCounts, PullState, SeenFlag},
    label::Label,
};

/// A recall that matched the stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecallTask {
    /// The flag.
    pub flag: SeenFlag,
    /// The lot.
    pub lot: KnownLot,
    /// Where its packs are.
    pub counts: PullCounts,
    /// What is still to be pulled.
    pub to_pull: Vec<Label>,
}

/// A pack that was pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// The pack.
    pub label: Label,
    /// The flags for which it was to be pulled.
    pub flags: Vec<u64>,
}

/// Whether a flag asks for packs of a lot to be pulled.
pub(in crate::packs) fn is_recall(flag: &SeenFlag) -> bool {
    let is_lot = flag.subject == FlagSubject::Lot;
    match flag.kind {
        FlagKind::RecallClass1
        | FlagKind::RecallClass2
        | FlagKind::RecallClass3
        | FlagKind::Withdrawn => is_lot,
        FlagKind::Stolen
        | FlagKind::Suspect
        | FlagKind::Quarantine
        | FlagKind::Illegitimate
        | FlagKind::ExpiryExtended => false,
    }
}

impl Partner {
    /// Recalls that matched the stock, in order of flag; those that were cleared included. [`Partner::watch`] finds them.
    ///
    /// # Errors
    /// Those of the book.
    pub fn recalls(&self) -> Result<Vec<RecallTask>, Error> {
        let mut tasks = Vec::new();
        for number in self.book.recalls()? {
            let flag = self.book.flag(number)?;
            let lot = flag.map(|flag| self.book.lot(flag.handle)).transpose()?;
            if let (Some(flag), Some(lot)) = (flag, lot.flatten()) {
                tasks.push(self.task(flag, lot)?);
            }
        }
        Ok(tasks)
    }

    fn task(&self, flag: SeenFlag, lot: KnownLot) -> Result<RecallTask, Error> {
        let mut to_pull = Vec::new();
        for (tag, state) in self.book.recall_packs(flag.number)? {
            if state == PullState::ToPull {
                to_pull.extend(self.book.pack(tag)?.map(|pack| pack.label));
            }
        }
        Ok(RecallTask {
            counts: self.book.pull_counts(flag.number, lot.root)?,
            flag,
            lot,
            to_pull,
        })
    }

    /// The pack of a scan is out of the stock.
    ///
    /// # Errors
    /// `NotRecalled` where it was not to be pulled, or was pulled before; those of the book.
    pub fn pull(&mut self, scan: &str) -> Result<Pulled, Error> {
        let label = Label::scan(scan)?.label;
        let flags = self.book.pull(label.tag())?;
        match flags.is_empty() {
            true => Err(Refusal::NotRecalled.into()),
            false => Ok(Pulled { label, flags }),
        }
    }

    /// What is still to be pulled of a lot was looked for, and is not there; how many packs.
    ///
    /// # Errors
    /// `LotUnknown`, `LotAmbiguous`, `NotRecalled`; those of the book.
    pub fn not_found(&mut self, gtin: Option<&str>, lot: &str) -> Result<u64, Error> {
        let root = self.root_of(gtin, lot)?;
        let flag = self.recall_of(root)?;
        Ok(self.book.not_found(flag.number)?)
    }

    /// The last recall of a lot that stands.
    pub(super) fn recall_of(&self, root: B256) -> Result<SeenFlag, Error> {
        let mut flags = self.book.standing_flags(FlagSubject::Lot, root)?;
        flags.retain(is_recall);
        Ok(flags.pop().ok_or(Refusal::NotRecalled)?)
    }
}
