//! Exits that were queued, and that the ledger refused when a node was there again.

use alloy_primitives::B256;
use rusqlite::{Connection, params};

use super::{Book, BookError, Entry, Waiting};
use crate::packs::{Error, Refusal};

/// Why a queued exit was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collided {
    organisation: u32,
    words: String,
}

impl Collided {
    /// What an error tells of it.
    pub fn of(error: &Error) -> Self {
        let organisation = match error {
            Error::Refused(Refusal::LeftElsewhere { organisation, .. }) => *organisation,
            _ => 0,
        };
        Self {
            organisation,
            words: error.to_string(),
        }
    }
}

/// A collision: the pack was given away here, and the ledger has it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// Its number, in the order in which they were found.
    pub number: i64,
    /// The pack.
    pub tag: B256,
    /// How it was to leave: a code of `ExitKind`; 0 where it was to come back.
    pub kind: u8,
    /// When it was queued.
    pub queued_ms: u64,
    /// The code of the ledger's refusal.
    pub code: String,
    /// Who let it leave; 0 where it is not that.
    pub organisation: u32,
    /// The refusal in words.
    pub words: String,
}

pub(super) fn keep(
    connection: &Connection,
    waiting: &Waiting,
    (code, collided): (&str, &Collided),
) -> Result<(), BookError> {
    let (tag, kind, queued_ms) = match &waiting.entry {
        Entry::Leave {
            tags,
            kind,
            time_ms,
        } => (tags.first(), *kind, *time_ms),
        Entry::Undo { tag } => (Some(tag), 0, 0),
        _ => (None, 0, 0),
    };
    let Some(tag) = tag else {
        return Ok(());
    };
    let insert = "INSERT INTO collisions (tag, kind, queued_ms, code, organisation, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.execute(
        insert,
        params![
            tag.0,
            kind,
            queued_ms.cast_signed(),
            code,
            collided.organisation,
            collided.words
        ],
    )?;
    Ok(())
}

impl Book {
    /// Collisions, the newest first, so many at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn collisions(&self, most: usize) -> Result<Vec<Collision>, BookError> {
        let find = "SELECT number, tag, kind, queued_ms, code, organisation, words FROM collisions ORDER BY number DESC LIMIT ?1";
        let mut statement = self.connection.prepare_cached(find)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map([most], |row| {
            Ok(Collision {
                number: row.get(0)?,
                tag: B256::new(row.get(1)?),
                kind: row.get(2)?,
                queued_ms: row.get::<_, i64>(3)?.cast_unsigned(),
                code: row.get(4)?,
                organisation: row.get(5)?,
                words: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
