//! Flags that were seen.

use alloy_primitives::B256;
use rusqlite::{Row, params};
use theriac_contracts::codes::{FlagKind, FlagSubject};
use theriac_sdk::packs::Flag;

use super::{Book, BookError};

/// A flag as the book keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenFlag {
    /// Its number in the network.
    pub number: u64,
    /// What it stands on.
    pub subject: FlagSubject,
    /// The root, key or nullifier.
    pub handle: B256,
    /// What it says.
    pub kind: FlagKind,
    /// Who raised it.
    pub organisation: u32,
    /// When.
    pub time_ms: u64,
    /// Whether it was cleared.
    pub is_cleared: bool,
}

impl SeenFlag {
    /// The flag of the ledger; `None` where its codes are not of this version.
    pub fn of(flag: &Flag) -> Option<Self> {
        Some(Self {
            number: flag.number,
            subject: FlagSubject::from_code(flag.subject)?,
            handle: flag.handle,
            kind: FlagKind::from_code(flag.kind)?,
            organisation: flag.organisation,
            time_ms: flag.timeMs,
            is_cleared: flag.clearedBy != 0,
        })
    }
}

const COLUMNS: &str = "number, subject, handle, kind, organisation, time_ms, cleared";

fn read(row: &Row<'_>) -> rusqlite::Result<Option<SeenFlag>> {
    let (subject, kind) = (
        FlagSubject::from_code(row.get(1)?),
        FlagKind::from_code(row.get(3)?),
    );
    let (Some(subject), Some(kind)) = (subject, kind) else {
        return Ok(None);
    };
    Ok(Some(SeenFlag {
        number: row.get::<_, i64>(0)?.cast_unsigned(),
        subject,
        handle: B256::new(row.get(2)?),
        kind,
        organisation: row.get(4)?,
        time_ms: row.get::<_, i64>(5)?.cast_unsigned(),
        is_cleared: row.get(6)?,
    }))
}

impl Book {
    /// The number of the first flag that was not streamed yet.
    ///
    /// # Errors
    /// Those of the database.
    pub fn flags_seen(&self) -> Result<u64, BookError> {
        let seen = "SELECT flags_seen FROM partner";
        let mut statement = self.connection.prepare_cached(seen)?;
        let seen: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(seen.cast_unsigned())
    }

    /// Keeps flags, and that all before `seen` were streamed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_flags(&mut self, flags: &[SeenFlag], seen: Option<u64>) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        for flag in flags {
            let insert = "INSERT INTO flags (number, subject, handle, kind, organisation, time_ms, cleared) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                          ON CONFLICT (number) DO UPDATE SET cleared = max(cleared, excluded.cleared)";
            transaction.prepare_cached(insert)?.execute(params![
                flag.number.cast_signed(),
                flag.subject.code(),
                flag.handle.0,
                flag.kind.code(),
                flag.organisation,
                flag.time_ms.cast_signed(),
                flag.is_cleared
            ])?;
        }
        if let Some(seen) = seen {
            let update = "UPDATE partner SET flags_seen = max(flags_seen, ?1)";
            transaction.execute(update, [seen.cast_signed()])?;
        }
        Ok(transaction.commit()?)
    }

    /// A flag by its number, as it was last seen.
    ///
    /// # Errors
    /// Those of the database.
    pub fn flag(&self, number: u64) -> Result<Option<SeenFlag>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM flags WHERE number = ?1");
        let mut statement = self.connection.prepare(&find)?;
        let mut rows = statement.query_map([number.cast_signed()], read)?;
        Ok(rows.next().transpose()?.flatten())
    }

    /// Flags that stood on a handle when they were last seen, in order of number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn standing_flags(
        &self,
        subject: FlagSubject,
        handle: B256,
    ) -> Result<Vec<SeenFlag>, BookError> {
        let find = format!(
            "SELECT {COLUMNS} FROM flags WHERE subject = ?1 AND handle = ?2 AND cleared = 0 ORDER BY number"
        );
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map(params![subject.code(), handle.0], read)?;
        Ok(rows
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?)
    }

    /// All flags that stood when they were last seen.
    ///
    /// # Errors
    /// Those of the database.
    pub fn all_standing_flags(&self) -> Result<Vec<SeenFlag>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM flags WHERE cleared = 0 ORDER BY number");
        let mut statement = self.connection.prepare(&find)?;
        let rows = statement.query_map([], read)?;
        Ok(rows
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?)
    }
}
