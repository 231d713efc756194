//! Holds copies against the ledger: each form that the log names must be there, and lead to the root that the log has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use alloy_primitives::B256;
use theriac_envelope::HeldKey;
use theriac_evidence::trial::{Body, Cell, root_of_items};

use crate::trials::{
    Error, Party,
    book::FormRow,
    form::{self, Place},
};

/// Where a copy differs from the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
    /// The entry of the log; `None` where it has none such.
    pub entry: Option<u64>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The log has a form that the copy has not.
    Missing,
    /// The copy has a form that the log has not.
    NotEntered,
    /// The copy says that another form is that of the entry.
    OtherRoot,
    /// The form does not decrypt: its bytes were altered.
    Unreadable,
    /// Its items do not lead to the root of the entry.
    Altered,
    /// The key of the subject is not there, although nobody erased it.
    KeyMissing,
}

impl Fault {
    /// In one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotEntered => "not-entered",
            Self::OtherRoot => "other-root",
            Self::Unreadable => "unreadable",
            Self::Altered => "altered",
            Self::KeyMissing => "key-missing",
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            slot, cell, entry, ..
        } = self;
        write!(formatter, "subject {slot}, cell {cell}")?;
        if let Some(entry) = entry {
            write!(formatter, ", entry {entry}")?;
        }
        write!(formatter, ": {}", self.fault.word())
    }
}

/// A form as the log names it.
#[derive(Clone, Copy, Debug)]
struct Named {
    slot: u32,
    cell: u32,
    root: B256,
    items: u32,
}

impl Party {
    /// Where this book differs from the ledger, for the subjects that it may read. The log is read anew first.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn compare(&mut self) -> Result<Vec<Difference>, Error> {
        self.sync().await?;
        let mut rows = Vec::new();
        for subject in self.book.subjects()? {
            rows.extend(self.book.forms_of_subject(subject.slot)?);
        }
        self.differences(&rows, (0, u64::MAX))
    }

    /// Where forms differ from those entries of the log in a range, for the subjects of this book.
    pub(super) fn differences(
        &self,
        rows: &[FormRow],
        (first, last): (u64, u64),
    ) -> Result<Vec<Difference>, Error> {
        let erased = self.erased()?;
        let subjects: BTreeSet<u32> = self.book.subjects()?.iter().map(|one| one.slot).collect();
        let mut named = self.named_forms()?;
        named.retain(|entry, form| {
            (first..last).contains(entry)
                && subjects.contains(&form.slot)
                && !erased.contains(&form.slot)
        });
        let mut found = Vec::new();
        let mut judge = Judge {
            party: self,
            named: &mut named,
            forms: BTreeMap::new(),
        };
        let entered = rows.iter().filter(|row| row.entry.is_some());
        for row in entered.filter(|row| !erased.contains(&row.slot)) {
            found.extend(judge.fault(row)?.map(|fault| Difference {
                slot: row.slot,
                cell: row.cell,
                entry: row.entry,
                fault,
            }));
        }
        found.extend(named.iter().map(|(entry, form)| Difference {
            slot: form.slot,
            cell: form.cell,
            entry: Some(*entry),
            fault: Fault::Missing,
        }));
        Ok(found)
    }

    /// Slots whose data were erased.
    pub(in crate::trials) fn erased(&self) -> Result<BTreeSet<u32>, Error> {
        const ERASED: u8 = 23;
        let log = self.book.log_of_kind(ERASED)?;
        Ok(log.iter().map(|logged| logged.entry.slot).collect())
    }

    fn named_forms(&self) -> Result<BTreeMap<u64, Named>, Error> {
        const CAPTURED: u8 = 7;
        const CORRECTED: u8 = 9;
        let mut named = BTreeMap::new();
        for kind in [CAPTURED, CORRECTED] {
            for logged in self.book.log_of_kind(kind)? {
                let (cell, root, items) = match logged.body()? {
                    Body::Captured(body) => (body.cell, body.root, body.items),
                    Body::Corrected(body) => (body.cell, body.root, body.items),
                    _ => continue,
                };
                let slot = logged.entry.slot;
                let form = Named {
                    slot,
                    cell,
                    root,
                    items,
                };
                named.insert(logged.entry.number, form);
            }
        }
        Ok(named)
    }
}

/// Judges forms in the order of their cells and numbers.
struct Judge<'a> {
    party: &'a Party,
    named: &'a mut BTreeMap<u64, Named>,
    forms: BTreeMap<(u32, u32), Cell>,
}

impl Judge<'_> {
    fn fault(&mut self, row: &FormRow) -> Result<Option<Fault>, Error> {
        let Some(named) = row.entry.and_then(|entry| self.named.remove(&entry)) else {
            return Ok(Some(Fault::NotEntered));
        };
        if (named.slot, named.cell, named.root) != (row.slot, row.cell, row.root) {
            return Ok(Some(Fault::OtherRoot));
        }
        let key = match self.party.subject_key(row.slot) {
            Ok(key) => key,
            Err(Error::Refused(_)) => return Ok(Some(Fault::KeyMissing)),
            Err(error) => return Err(error),
        };
        self.contents(row, &key, named.items)
    }

    fn contents(
        &mut self,
        row: &FormRow,
        key: &HeldKey,
        count: u32,
    ) -> Result<Option<Fault>, Error> {
        let study = self.party.study()?;
        let Ok((secret, items)) = form::open((study, key), row) else {
            return Ok(Some(Fault::Unreadable));
        };
        let (slot, cell) = (row.slot, row.cell);
        let standing = match self.forms.entry((slot, cell)) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(self.party.before(row)?)
            }
        };
        let is_same = standing
            .apply(&secret, &items)
            .is_ok_and(|leaves| root_of_items(&leaves) == row.root && leaves.len() as u32 == count);
        Ok((!is_same).then_some(Fault::Altered))
    }
}

impl Party {
    /// A form as it stood before one of its trees, by this book; nothing for the first.
    fn before(&self, row: &FormRow) -> Result<Cell, Error> {
        let study = self.study()?;
        let (slot, cell) = (row.slot, row.cell);
        let mut standing = Place { study, slot, cell }.empty();
        if row.number == 0 {
            return Ok(standing);
        }
        let key = self.subject_key(slot)?;
        let earlier = self.book.forms_of(slot, cell)?;
        for one in earlier.iter().filter(|one| one.number < row.number) {
            if let Ok((secret, items)) = form::open((study, &key), one) {
                // What does not follow is told where it is judged itself.
                let _ = standing.apply(&secret, &items);
            }
        }
        Ok(standing)
    }
}
