//! Subjects, with their keys wrapped for each organisation that may read their data.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{Book, BookError};

/// A subject's key, wrapped to the book of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyWrap {
    /// The organisation.
    pub organisation: u32,
    /// The wrap.
    pub wrap: Vec<u8>,
}

/// A subject that is about to consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSubject {
    /// The slot.
    pub slot: u32,
    /// The site.
    pub site: u16,
    /// Finds the label without telling it.
    pub lookup: Option<[u8; 32]>,
    /// The label, encrypted under the subject's key.
    pub label: Option<Vec<u8>>,
    /// The subject's key for each organisation.
    pub keys: Vec<KeyWrap>,
}

/// A subject of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectRow {
    /// The slot.
    pub slot: u32,
    /// The site.
    pub site: u16,
    /// The label, encrypted under the subject's key.
    pub label: Option<Vec<u8>>,
}

pub(super) fn keep(
    connection: &Connection,
    new: &NewSubject,
    outbox: Option<i64>,
) -> Result<(), BookError> {
    let insert = "INSERT OR IGNORE INTO subjects (slot, site, lookup, label, outbox) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection
        .prepare_cached(insert)?
        .execute(params![new.slot, new.site, new.lookup, new.label, outbox])?;
    for key in &new.keys {
        keep_key(connection, new.slot, key)?;
    }
    Ok(())
}

pub(super) fn keep_key(connection: &Connection, slot: u32, key: &KeyWrap) -> Result<(), BookError> {
    let insert =
        "INSERT OR IGNORE INTO subject_keys (slot, organisation, wrap) VALUES (?1, ?2, ?3)";
    connection
        .prepare_cached(insert)?
        .execute(params![slot, key.organisation, key.wrap])?;
    Ok(())
}

/// The consent is final.
pub(super) fn enter(connection: &Connection, outbox: i64) -> Result<(), BookError> {
    let update = "UPDATE subjects SET outbox = NULL WHERE outbox = ?1";
    connection.execute(update, [outbox])?;
    Ok(())
}

/// The consent was refused: the subject was never there.
pub(super) fn take_back(connection: &Connection, outbox: i64) -> Result<(), BookError> {
    let keys =
        "DELETE FROM subject_keys WHERE slot IN (SELECT slot FROM subjects WHERE outbox = ?1)";
    connection.execute(keys, [outbox])?;
    connection.execute("DELETE FROM subjects WHERE outbox = ?1", [outbox])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<SubjectRow> {
    Ok(SubjectRow {
        slot: row.get(0)?,
        site: row.get(1)?,
        label: row.get(2)?,
    })
}

impl Book {
    /// Keeps a subject that another book told of.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_subject(&self, new: &NewSubject) -> Result<(), BookError> {
        keep(&self.connection, new, None)
    }

    /// Puts the keys of another copy in the place of those of a subject, and the subject where it is missing.
    ///
    /// # Errors
    /// Those of the database.
    pub fn replace_keys(&self, new: &NewSubject) -> Result<(), BookError> {
        let delete = "DELETE FROM subject_keys WHERE slot = ?1";
        self.connection.execute(delete, [new.slot])?;
        keep(&self.connection, new, None)
    }

    /// A subject; `None` where the book has none of this slot.
    ///
    /// # Errors
    /// Those of the database.
    pub fn subject(&self, slot: u32) -> Result<Option<SubjectRow>, BookError> {
        let find = "SELECT slot, site, label FROM subjects WHERE slot = ?1";
        let found = self.connection.query_row(find, [slot], read);
        Ok(found.optional()?)
    }

    /// The slot of a label.
    ///
    /// # Errors
    /// Those of the database.
    pub fn slot_of(&self, lookup: &[u8; 32]) -> Result<Option<u32>, BookError> {
        let find = "SELECT slot FROM subjects WHERE lookup = ?1";
        let mut statement = self.connection.prepare_cached(find)?;
        Ok(statement.query_row([lookup], |row| row.get(0)).optional()?)
    }

    /// Keeps what finds the label of a subject.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_lookup(&self, slot: u32, lookup: &[u8; 32]) -> Result<(), BookError> {
        let update = "UPDATE subjects SET lookup = ?2 WHERE slot = ?1";
        self.connection.execute(update, params![slot, lookup])?;
        Ok(())
    }

    /// All subjects, in order of slot.
    ///
    /// # Errors
    /// Those of the database.
    pub fn subjects(&self) -> Result<Vec<SubjectRow>, BookError> {
        let find = "SELECT slot, site, label FROM subjects ORDER BY slot";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The key of a subject, wrapped for each organisation; none once it was destroyed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn key_wraps(&self, slot: u32) -> Result<Vec<KeyWrap>, BookError> {
        let find =
            "SELECT organisation, wrap FROM subject_keys WHERE slot = ?1 ORDER BY organisation";
        let mut statement = self.connection.prepare_cached(find)?;
        let rows = statement.query_map([slot], |row| {
            Ok(KeyWrap {
                organisation: row.get(0)?,
                wrap: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Destroys the key of a subject, and what finds its label; what it encrypted stays as bytes that nobody reads.
    ///
    /// # Errors
    /// Those of the database.
    pub fn destroy_key(&mut self, slot: u32) -> Result<bool, BookError> {
        let transaction = self.connection.transaction()?;
        let destroyed = transaction.execute("DELETE FROM subject_keys WHERE slot = ?1", [slot])?;
        let blank = "UPDATE subjects SET lookup = NULL, label = NULL WHERE slot = ?1";
        transaction.execute(blank, [slot])?;
        transaction.commit()?;
        self.work_log_in()?;
        Ok(destroyed > 0)
    }
}
