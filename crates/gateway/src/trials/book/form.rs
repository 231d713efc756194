//! Forms: each capture and each correction as it was, for ever, encrypted under the subject's key.

use alloy_primitives::B256;
use rusqlite::{Connection, Row, params};

use super::{Book, BookError};

/// A form that is about to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFormRow {
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
    /// Root of its items.
    pub root: B256,
    /// Secret and items, encrypted.
    pub sealed: Vec<u8>,
}

/// A capture or correction of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRow {
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
    /// From 0 in its cell: the capture, then the corrections.
    pub number: u32,
    /// Root of its items.
    pub root: B256,
    /// Secret and items, encrypted.
    pub sealed: Vec<u8>,
    /// Number of the entry; `None` while it waits.
    pub entry: Option<u64>,
}

const COLUMNS: &str = "slot, cell, number, root, sealed, entry";

/// Keeps forms that wait for an entry of the outbox.
pub(super) fn put(
    connection: &Connection,
    forms: &[NewFormRow],
    outbox: i64,
) -> Result<(), BookError> {
    let insert = "INSERT INTO forms (slot, cell, number, root, sealed, outbox) \
                  SELECT ?1, ?2, count(*), ?3, ?4, ?5 FROM forms WHERE slot = ?1 AND cell = ?2";
    let mut statement = connection.prepare_cached(insert)?;
    for form in forms {
        statement.execute(params![
            form.slot,
            form.cell,
            form.root.0,
            form.sealed,
            outbox
        ])?;
    }
    Ok(())
}

/// A form of an entry of the outbox is in an entry of the log.
pub(super) fn enter(
    connection: &Connection,
    (outbox, root): (i64, B256),
    entry: u64,
) -> Result<(), BookError> {
    let update = "UPDATE forms SET entry = ?3, outbox = NULL WHERE outbox = ?1 AND root = ?2";
    connection
        .prepare_cached(update)?
        .execute(params![outbox, root.0, entry.cast_signed()])?;
    Ok(())
}

/// The entry was refused: its forms were never there.
pub(super) fn take_back(connection: &Connection, outbox: i64) -> Result<(), BookError> {
    connection.execute("DELETE FROM forms WHERE outbox = ?1", [outbox])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<FormRow> {
    Ok(FormRow {
        slot: row.get(0)?,
        cell: row.get(1)?,
        number: row.get(2)?,
        root: B256::new(row.get(3)?),
        sealed: row.get(4)?,
        entry: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
    })
}

impl Book {
    /// The capture and the corrections of a form, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forms_of(&self, slot: u32, cell: u32) -> Result<Vec<FormRow>, BookError> {
        let find =
            format!("SELECT {COLUMNS} FROM forms WHERE slot = ?1 AND cell = ?2 ORDER BY number");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map([slot, cell], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All forms of a subject, in order of cell and number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forms_of_subject(&self, slot: u32) -> Result<Vec<FormRow>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM forms WHERE slot = ?1 ORDER BY cell, number");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map([slot], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Forms that are on the ledger from this entry on, in order of entry, so many at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forms_from(&self, entry: u64, limit: u32) -> Result<Vec<FormRow>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM forms WHERE entry >= ?1 ORDER BY entry LIMIT ?2");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map(params![entry.cast_signed(), limit], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The form of an entry.
    ///
    /// # Errors
    /// Those of the database.
    pub fn form_of_entry(&self, entry: u64) -> Result<Option<FormRow>, BookError> {
        let found = self.forms_from(entry, 1)?.into_iter().next();
        Ok(found.filter(|form| form.entry == Some(entry)))
    }

    /// Keeps forms of another book, which are on the ledger. One that is there already stays as it is.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_forms(&mut self, forms: &[FormRow]) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        let insert = "INSERT OR IGNORE INTO forms (slot, cell, number, root, sealed, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        for form in forms {
            transaction.prepare_cached(insert)?.execute(params![
                form.slot,
                form.cell,
                form.number,
                form.root.0,
                form.sealed,
                form.entry.map(u64::cast_signed)
            ])?;
        }
        Ok(transaction.commit()?)
    }

    /// Removes every form that is said to be of an entry.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remove_forms(&self, entry: u64) -> Result<(), BookError> {
        let delete = "DELETE FROM forms WHERE entry = ?1";
        self.connection.execute(delete, [entry.cast_signed()])?;
        Ok(())
    }

    /// Puts a form of another copy in the place of one that was altered or is missing.
    ///
    /// # Errors
    /// Those of the database.
    pub fn replace_form(&self, form: &FormRow) -> Result<(), BookError> {
        let insert = "INSERT OR REPLACE INTO forms (slot, cell, number, root, sealed, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.connection.prepare_cached(insert)?.execute(params![
            form.slot,
            form.cell,
            form.number,
            form.root.0,
            form.sealed,
            form.entry.map(u64::cast_signed)
        ])?;
        Ok(())
    }
}
