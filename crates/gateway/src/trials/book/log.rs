//! The log of the study as the ledger told it.

use alloy_primitives::Bytes;
use rusqlite::{OptionalExtension as _, Row, params};
use theriac_evidence::trial::{Body, Entry};
use theriac_sdk::trials::Entered;

use super::{Book, BookError};
use crate::trials::hash::sha256;

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The entry.
    pub entry: Entry,
    /// What its last field is the hash of.
    pub body: Bytes,
}

impl Logged {
    /// The body by its kind.
    ///
    /// # Errors
    /// `Damaged`: the book keeps what it read before.
    pub fn body(&self) -> Result<Body, BookError> {
        let damaged = |_| BookError::Damaged("the body of an entry cannot be read");
        Body::decode(self.entry.kind, &self.body).map_err(damaged)
    }
}

const COLUMNS: &str = "number, slot, kind, entry, body";

/// An entry whose body, place or kind is another than it says itself was altered.
fn read(row: &Row<'_>) -> rusqlite::Result<Result<Logged, BookError>> {
    let number = row.get::<_, i64>(0)?.cast_unsigned();
    let (slot, kind): (u32, u8) = (row.get(1)?, row.get(2)?);
    let entry = Entry::decode(&row.get::<_, Vec<u8>>(3)?);
    let body: Vec<u8> = row.get(4)?;
    let told = (number, slot, kind, sha256(&[&body]));
    let is_told = |entry: &Entry| (entry.number, entry.slot, entry.kind, entry.body) == told;
    Ok(match entry {
        Ok(entry) if is_told(&entry) => Ok(Logged {
            entry,
            body: body.into(),
        }),
        Ok(_) | Err(_) => Err(BookError::EntryDiffers(number)),
    })
}

impl Book {
    /// How many entries the book has: all from 0 on.
    ///
    /// # Errors
    /// Those of the database.
    pub fn log_size(&self) -> Result<u64, BookError> {
        let count = "SELECT coalesce(max(number) + 1, 0) FROM entries";
        let size: i64 = self.connection.query_row(count, [], |row| row.get(0))?;
        Ok(size.cast_unsigned())
    }

    /// The height up to which the log was read.
    ///
    /// # Errors
    /// Those of the database.
    pub fn seen(&self) -> Result<u64, BookError> {
        let seen: i64 = self
            .connection
            .query_row("SELECT seen FROM book", [], |row| row.get(0))?;
        Ok(seen.cast_unsigned())
    }

    /// Keeps entries that follow those of the book, up to a height.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_entries(&mut self, entries: &[Entered], seen: u64) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        let insert = "INSERT OR IGNORE INTO entries (number, slot, kind, entry, body) VALUES (?1, ?2, ?3, ?4, ?5)";
        for one in entries {
            transaction.prepare_cached(insert)?.execute(params![
                one.number.cast_signed(),
                one.slot,
                one.kind,
                one.entry.as_ref(),
                one.body.as_ref()
            ])?;
        }
        let update = "UPDATE book SET seen = ?1 WHERE seen < ?1";
        transaction.execute(update, [seen.cast_signed()])?;
        Ok(transaction.commit()?)
    }

    /// Entries from a number on, so many at most.
    ///
    /// # Errors
    /// Those of the database; `EntryDiffers`.
    pub fn log_from(&self, number: u64, limit: u32) -> Result<Vec<Logged>, BookError> {
        let find =
            format!("SELECT {COLUMNS} FROM entries WHERE number >= ?1 ORDER BY number LIMIT ?2");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map(params![number.cast_signed(), limit], read)?;
        rows.map(|row| row?).collect()
    }

    /// All entries, in order.
    ///
    /// # Errors
    /// Those of the database; `EntryDiffers`.
    pub fn log(&self) -> Result<Vec<Logged>, BookError> {
        self.log_from(0, u32::MAX)
    }

    /// Entries of a subject, in order.
    ///
    /// # Errors
    /// Those of the database; `EntryDiffers`.
    pub fn log_of(&self, slot: u32) -> Result<Vec<Logged>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM entries WHERE slot = ?1 ORDER BY number");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map([slot], read)?;
        rows.map(|row| row?).collect()
    }

    /// Entries of a kind, in order.
    ///
    /// # Errors
    /// Those of the database; `EntryDiffers`.
    pub fn log_of_kind(&self, kind: u8) -> Result<Vec<Logged>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM entries WHERE kind = ?1 ORDER BY number");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map([kind], read)?;
        rows.map(|row| row?).collect()
    }

    /// An entry.
    ///
    /// # Errors
    /// Those of the database; `EntryDiffers`.
    pub fn logged(&self, number: u64) -> Result<Option<Logged>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM entries WHERE number = ?1");
        let found = self
            .connection
            .query_row(&find, [number.cast_signed()], read)
            .optional()?;
        found.transpose()
    }
}
