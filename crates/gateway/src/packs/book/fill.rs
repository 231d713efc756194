//! Fills of prescriptions that the partner takes.
//!
//! ```text
//!         put            the ledger took the fill     the ledger took the packs' exit
//! (none) ----> taking -------------------------> taken --------------------------> dispensed
//!                |                                ^ ^                                  |
//!                | the ledger refused             | | the exit is refused: other packs | all its packs came back (undo)
//!                v                                | +--+                               |
//!              (none)                             +-----------------------------------+
//! ```
//!
//! A fill that is taken is the partner's, whatever becomes of the packs: it is never given back, and is completed with other packs.

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Book, BookError, Entry, Pack, outbox};

/// How far a fill is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillState {
    /// The ledger has not said that the fill is the partner's.
    Taking,
    /// The fill is the partner's, and nothing is dispensed for it yet.
    Taken,
    /// Packs were dispensed for it.
    Dispensed,
}

impl FillState {
    const ALL: [Self; 3] = [Self::Taking, Self::Taken, Self::Dispensed];

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Taking => "taking",
            Self::Taken => "taken",
            Self::Dispensed => "dispensed",
        }
    }

    fn code(self) -> i64 {
        self as i64
    }

    fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A fill as the book keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFill {
    /// The prescription's key that it spends.
    pub key: Address,
    /// What the patient gave, as JSON.
    pub offer: String,
    /// Whether another product is handed out than was ordered.
    pub was_substituted: bool,
    /// How far it is.
    pub state: FillState,
    /// When it was dispensed.
    pub time_ms: u64,
}

impl Book {
    /// A fill that is about to be taken, with the entries that follow one another: the fill where it is not taken yet, the exit of its packs,
    /// movements of a cabinet.
    ///
    /// # Errors
    /// Those of the database.
    pub fn put_fill(
        &mut self,
        fill: &KnownFill,
        tags: &[B256],
        entries: &[Entry],
    ) -> Result<Vec<i64>, BookError> {
        let transaction = self.connection.transaction()?;
        let insert =
            "INSERT OR IGNORE INTO fills (key, offer, substituted, state) VALUES (?1, ?2, ?3, ?4)";
        let KnownFill { key, offer, .. } = fill;
        let values = params![key.0.0, offer, fill.was_substituted, fill.state.code()];
        transaction.execute(insert, values)?;
        let substituted = "UPDATE fills SET substituted = ?2 WHERE key = ?1";
        transaction.execute(substituted, params![key.0.0, fill.was_substituted])?;
        for tag in tags {
            let insert = "INSERT INTO fill_packs (tag, key) VALUES (?1, ?2)";
            transaction.execute(insert, params![tag.0, key.0.0])?;
        }
        let numbers = outbox::put_chain(&transaction, entries)?;
        transaction.commit()?;
        Ok(numbers)
    }

    /// The fill of this key.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn fill(&self, key: Address) -> Result<Option<KnownFill>, BookError> {
        let find = "SELECT offer, substituted, state, time_ms FROM fills WHERE key = ?1";
        let found = self.connection.query_row(find, [key.0.0], |row| {
            let state = FillState::from_code(row.get(2)?);
            Ok((row.get(0)?, row.get(1)?, state, row.get::<_, i64>(3)?))
        });
        let Some((offer, was_substituted, state, time_ms)) = found.optional()? else {
            return Ok(None);
        };
        Ok(Some(KnownFill {
            key,
            offer,
            was_substituted,
            state: state.ok_or(BookError::Damaged("a fill has no state"))?,
            time_ms: time_ms.cast_unsigned(),
        }))
    }

    /// The packs of a fill, in order of tag.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn packs_of_fill(&self, key: Address) -> Result<Vec<Pack>, BookError> {
        let find = "SELECT tag FROM fill_packs WHERE key = ?1 ORDER BY tag";
        let mut statement = self.connection.prepare(find)?;
        let tags = statement.query_map([key.0.0], |row| Ok(B256::new(row.get(0)?)))?;
        let missing = || BookError::Damaged("a pack is missing");
        tags.map(|tag| self.pack(tag?)?.ok_or_else(missing))
            .collect()
    }
}

fn set(connection: &Connection, key: Address, state: FillState) -> Result<(), BookError> {
    let update = "UPDATE fills SET state = ?2 WHERE key = ?1";
    connection.execute(update, params![key.0.0, state.code()])?;
    Ok(())
}

/// The ledger took the fill.
pub(super) fn taken(connection: &Connection, key: Address) -> Result<(), BookError> {
    set(connection, key, FillState::Taken)
}

/// The ledger refused the fill.
pub(super) fn refused(connection: &Connection, key: Address) -> Result<(), BookError> {
    connection.execute("DELETE FROM fills WHERE key = ?1", [key.0.0])?;
    Ok(())
}

/// Packs left: a fill of which they are is dispensed.
pub(super) fn left(connection: &Connection, tags: &[B256], time_ms: u64) -> Result<(), BookError> {
    let update = "UPDATE fills SET state = ?2, time_ms = ?3 WHERE key IN (SELECT key FROM fill_packs WHERE tag = ?1)";
    let mut statement = connection.prepare_cached(update)?;
    for tag in tags {
        let (state, time_ms) = (FillState::Dispensed.code(), time_ms.cast_signed());
        statement.execute(params![tag.0, state, time_ms])?;
    }
    Ok(())
}

/// Packs did not leave, or came back: a fill without any is taken and no more.
pub(super) fn stayed(connection: &Connection, tags: &[B256]) -> Result<(), BookError> {
    for tag in tags {
        let delete = "DELETE FROM fill_packs WHERE tag = ?1 RETURNING key";
        let key = connection.query_row(delete, [tag.0], |row| Ok(Address::new(row.get(0)?)));
        let Some(key) = key.optional()? else { continue };
        let update = "UPDATE fills SET state = ?2 WHERE key = ?1 AND state = ?3 AND NOT EXISTS (SELECT 1 FROM fill_packs WHERE key = ?1)";
        let (taken, dispensed) = (FillState::Taken.code(), FillState::Dispensed.code());
        connection.execute(update, params![key.0.0, taken, dispensed])?;
    }
    Ok(())
}
