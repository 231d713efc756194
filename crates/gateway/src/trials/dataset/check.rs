//! Holds the rows of a dataset against the locked data: an analysis keeps its number for ever, so that what is wrong is told before.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use serde_json::Value;
use theriac_evidence::trial::{
    Cell, ItemKind,
    bundle::{Dataset, Origin, value_text},
};

use crate::trials::{
    Error, Party, Refusal,
    form::{self, Place},
};

impl Party {
    /// Checks that each value which is said to be an item is the item's as locked. What this book may not read is not checked.
    ///
    /// # Errors
    /// `DatasetFaulty` with row and column, from 1; those of the book.
    pub(in crate::trials) fn check_dataset(
        &self,
        dataset: &Dataset,
        lock: u64,
    ) -> Result<(), Error> {
        let mut checker = Checker {
            party: self,
            lock,
            erased: self.erased()?,
            cells: BTreeMap::new(),
        };
        let mut rows = dataset.rows.split(|byte| *byte == b'\n').skip(1);
        let lines = dataset.lineage.split(|byte| *byte == b'\n');
        for (line, number) in lines.filter(|line| !line.is_empty()).zip(1_u64..) {
            let row = rows.next().unwrap_or_default();
            if let Some((column, what)) = checker.fault(row, line)? {
                return Err(faulty(dataset, (number, column), what).into());
            }
        }
        Ok(())
    }

    /// A form as the lock has it: nothing where it was not captured.
    pub(super) fn locked(&self, slot: u32, cell: u32, lock: u64) -> Result<Cell, Error> {
        let study = self.study()?;
        let mut standing = Place { study, slot, cell }.empty();
        for row in self.book.forms_of(slot, cell)? {
            if row.entry.is_some_and(|entry| entry < lock) {
                let key = self.subject_key(slot)?;
                let (secret, items) = form::open((study, &key), &row)?;
                form::follow(&mut standing, (&secret, &items))?;
            }
        }
        Ok(standing)
    }
}

fn faulty(dataset: &Dataset, (row, column): (u64, usize), what: &str) -> Refusal {
    let column = match column {
        0 => String::new(),
        column => format!(", column {column}"),
    };
    Refusal::DatasetFaulty {
        name: dataset.name.clone(),
        what: format!("row {row}{column}: {what}"),
    }
}

/// Forms as locked, each read once.
struct Checker<'a> {
    party: &'a Party,
    lock: u64,
    erased: BTreeSet<u32>,
    cells: BTreeMap<(u32, u32), Option<Cell>>,
}

/// Column, from 1 or 0 for the row, and what is wrong there.
type Found = Option<(usize, &'static str)>;

impl Checker<'_> {
    fn fault(&mut self, row: &[u8], line: &[u8]) -> Result<Found, Error> {
        let values: Option<Vec<Value>> = serde_json::from_slice(row).ok();
        let (Some(values), Some(origins)) = (values, Origin::line(line)) else {
            return Ok(Some((0, "the row or its lineage is not of its form")));
        };
        if values.len() != origins.len() {
            return Ok(Some((0, "it has not an origin for each value")));
        }
        for ((value, origin), column) in values.iter().zip(origins).zip(1..) {
            let Some(origin) = origin else { continue };
            if self.erased.contains(&origin.slot()) {
                return Ok(Some((column, "it is of a subject whose data were erased")));
            }
            if let Origin::Item { slot, cell, oid } = origin
                && let Some(what) = self.item_fault(value, (slot, cell), &oid)?
            {
                return Ok(Some((column, what)));
            }
        }
        Ok(None)
    }

    fn item_fault(
        &mut self,
        value: &Value,
        at: (u32, u32),
        oid: &str,
    ) -> Result<Option<&'static str>, Error> {
        let Some(text) = value_text(value) else {
            return Ok(Some("no item is true, false, a list or an object"));
        };
        let Some(cell) = self.cell(at)? else {
            return Ok(None);
        };
        let Some(latest) = cell.items.get(oid) else {
            return Ok(Some("the locked data have no such item"));
        };
        let locked = match latest.kind {
            ItemKind::Value => Some(&latest.value),
            ItemKind::Null | ItemKind::Removed => None,
        };
        Ok((text.as_ref() != locked).then_some("not the value that was locked"))
    }

    /// The form; `None` where this book may not read it.
    fn cell(&mut self, (slot, cell): (u32, u32)) -> Result<Option<&Cell>, Error> {
        let found = match self.cells.entry((slot, cell)) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(place) => {
                let is_known = !self.party.book.key_wraps(slot)?.is_empty();
                let locked = match is_known {
                    true => Some(self.party.locked(slot, cell, self.lock)?),
                    false => None,
                };
                place.insert(locked)
            }
        };
        Ok(found.as_ref())
    }
}
