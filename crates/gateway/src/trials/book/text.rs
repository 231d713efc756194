//! Free text about a subject, encrypted under the subject's key.

use alloy_primitives::B256;
use rusqlite::{Connection, params};

use super::{Book, BookError};

pub(super) fn keep(
    connection: &Connection,
    slot: u32,
    (hash, sealed): (B256, &[u8]),
) -> Result<(), BookError> {
    let insert = "INSERT OR IGNORE INTO texts (hash, slot, sealed) VALUES (?1, ?2, ?3)";
    connection
        .prepare_cached(insert)?
        .execute(params![hash.0, slot, sealed])?;
    Ok(())
}

impl Book {
    /// Keeps a text that was encrypted.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_text(&self, slot: u32, text: (B256, &[u8])) -> Result<(), BookError> {
        keep(&self.connection, slot, text)
    }

    /// Texts about subjects that the book has not, with slot and what the ledger has of them, encrypted.
    ///
    /// # Errors
    /// Those of the database.
    pub fn texts_of_others(&self) -> Result<Vec<(u32, B256, Vec<u8>)>, BookError> {
        let find = "SELECT slot, hash, sealed FROM texts \
                    WHERE slot NOT IN (SELECT slot FROM subjects) ORDER BY slot, hash";
        let mut statement = self.connection.prepare_cached(find)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, B256::new(row.get(1)?), row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Destroys the texts about a subject.
    ///
    /// # Errors
    /// Those of the database.
    pub fn destroy_texts(&self, slot: u32) -> Result<(), BookError> {
        let delete = "DELETE FROM texts WHERE slot = ?1";
        self.connection.execute(delete, [slot])?;
        self.work_log_in()
    }

    /// Puts a text of another copy in the place of one that was altered.
    ///
    /// # Errors
    /// Those of the database.
    pub fn replace_text(&self, slot: u32, (hash, sealed): (B256, &[u8])) -> Result<(), BookError> {
        self.connection
            .execute("DELETE FROM texts WHERE hash = ?1", [hash.0])?;
        keep(&self.connection, slot, (hash, sealed))
    }

    /// Texts of a subject by what the ledger has of them, encrypted.
    ///
    /// # Errors
    /// Those of the database.
    pub fn texts(&self, slot: u32) -> Result<Vec<(B256, Vec<u8>)>, BookError> {
        let find = "SELECT hash, sealed FROM texts WHERE slot = ?1 ORDER BY hash";
        let mut statement = self.connection.prepare_cached(find)?;
        let rows = statement.query_map([slot], |row| Ok((B256::new(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
