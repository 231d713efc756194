//! Requests that asked for exits, so that one that is made twice is one exit.

use alloy_primitives::B256;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Book, BookError, NewExit};

/// A request that asked for an exit, or its undoing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// The pack.
    pub tag: B256,
    /// How it was to leave: a code of `ExitKind`; 0 where it was to come back.
    pub kind: u8,
    /// How often it had left before.
    pub exits: u64,
    /// When that was asked for.
    pub time_ms: u64,
}

/// Keeps a request; one of the same key that was refused gives way.
pub(super) fn keep(connection: &Connection, exit: &NewExit) -> Result<(), BookError> {
    let insert = "INSERT INTO requests (key, tag, kind, exits, time_ms) VALUES (?1, ?2, ?3, ?4, ?5) \
                  ON CONFLICT (key) DO UPDATE SET tag = excluded.tag, kind = excluded.kind, exits = excluded.exits, time_ms = excluded.time_ms";
    connection.prepare_cached(insert)?.execute(params![
        exit.key,
        exit.tag.0,
        exit.kind,
        exit.exits.cast_signed(),
        exit.time_ms.cast_signed()
    ])?;
    Ok(())
}

impl Book {
    /// The request of this key.
    ///
    /// # Errors
    /// Those of the database.
    pub fn request(&self, key: &str) -> Result<Option<Request>, BookError> {
        let find = "SELECT tag, kind, exits, time_ms FROM requests WHERE key = ?1";
        let mut statement = self.connection.prepare_cached(find)?;
        let found = statement.query_row([key], |row| {
            Ok(Request {
                tag: B256::new(row.get(0)?),
                kind: row.get(1)?,
                exits: row.get::<_, i64>(2)?.cast_unsigned(),
                time_ms: row.get::<_, i64>(3)?.cast_unsigned(),
            })
        });
        Ok(found.optional()?)
    }

    /// Forgets requests that were made before this time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_requests(&mut self, before_ms: u64) -> Result<(), BookError> {
        let old = "DELETE FROM requests WHERE time_ms < ?1";
        self.connection.execute(old, [before_ms.cast_signed()])?;
        Ok(())
    }
}
