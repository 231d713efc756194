//! Holds forms of a copy against the ledger: each that the log names must be there, and lead to the root that the log has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use alloy_primitives::B256;
use theriac_envelope::HeldKey;
use theriac_evidence::trial::{Body, Cell, root_of_items};

use crate::trials::{
    Error, Party,
    book::{BookError, FormRow},
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
    /// The document or text, as the ledger has it; with slot 0 where it is of the study. `None` where a form differs.
    pub document: Option<B256>,
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
    /// Its items do not lead to the root of the entry; a document or text is not what the ledger has.
    Altered,
    /// The key of the subject is not there, although nobody erased it.
    KeyMissing,
    /// The label of the subject does not decrypt, or leads to another subject.
    Label,
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
            Self::Label => "label",
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            slot, cell, entry, ..
        } = self;
        match (self.document, slot) {
            (Some(document), 0) => write!(formatter, "document {document}")?,
            (Some(document), _) => write!(formatter, "subject {slot}, text {document}")?,
            (None, _) if self.fault == Fault::Label => write!(formatter, "subject {slot}")?,
            (None, _) => write!(formatter, "subject {slot}, cell {cell}")?,
        }
        if let Some(entry) = entry {
            write!(formatter, ", entry {entry}")?;
        }
        write!(formatter, ": {}", self.fault.word())
    }
}

impl Difference {
    /// A document of the study, or with a slot a text about a subject, which is not what the ledger has.
    pub(super) fn document(slot: u32, document: B256) -> Self {
        Self {
            slot,
            cell: 0,
            entry: None,
            document: Some(document),
            fault: Fault::Altered,
        }
    }

    /// A label that is not the subject's.
    pub(super) fn label(slot: u32) -> Self {
        Self {
            slot,
            cell: 0,
            entry: None,
            document: None,
            fault: Fault::Label,
        }
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
    /// Where forms differ from those entries of the log in a range, for the subjects of this book.
    pub(super) fn differences(
        &self,
        rows: &[FormRow],
        range: (u64, u64),
    ) -> Result<Vec<Difference>, Error> {
        self.forms_differ(rows, range, &self.own_subjects()?)
    }

    /// The same for these subjects.
    pub(super) fn forms_differ(
        &self,
        rows: &[FormRow],
        (first, last): (u64, u64),
        subjects: &BTreeSet<u32>,
    ) -> Result<Vec<Difference>, Error> {
        let erased = self.erased()?;
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
                document: None,
                fault,
            }));
        }
        found.extend(named.iter().map(|(entry, form)| Difference {
            slot: form.slot,
            cell: form.cell,
            entry: Some(*entry),
            document: None,
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
            Err(Error::Book(error @ BookError::Database(_))) => return Err(error.into()),
            // None is there, or what is there is no wrap of it for this book.
            Err(_) => return Ok(Some(Fault::KeyMissing)),
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
