//! The way of each pack from key to key.

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, params};
use theriac_contracts::packs::CustodyStep;

use super::{
    Book, BookError,
    pack::{joined, split},
};

/// A step of a pack: the key that was closed, and what it was handed over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The key that was closed.
    pub key: Address,
    /// Salt of its commitment.
    pub salt: B256,
    /// The key that held the pack from then on.
    pub next: Address,
    /// Siblings of the pack in the hand-over.
    pub siblings: Vec<B256>,
}

impl From<Step> for CustodyStep {
    fn from(step: Step) -> Self {
        Self {
            key: step.key,
            salt: step.salt,
            inner: Vec::new(),
            next: step.next,
            outer: step.siblings,
        }
    }
}

/// Adds a step after those that the pack has.
pub(super) fn push(connection: &Connection, tag: B256, step: &Step) -> Result<(), BookError> {
    let insert = "INSERT INTO steps SELECT ?1, count(*), ?2, ?3, ?4, ?5 FROM steps WHERE tag = ?1";
    connection.prepare_cached(insert)?.execute(params![
        tag.0,
        step.key.0.0,
        step.salt.0,
        step.next.0.0,
        joined(&step.siblings)
    ])?;
    Ok(())
}

impl Book {
    /// The steps of a pack, from its lot on.
    ///
    /// # Errors
    /// Those of the database.
    pub fn steps(&self, tag: B256) -> Result<Vec<Step>, BookError> {
        let find = "SELECT key, salt, next, siblings FROM steps WHERE tag = ?1 ORDER BY place";
        let mut statement = self.connection.prepare_cached(find)?;
        let rows = statement.query_map([tag.0], |row| {
            Ok(Step {
                key: Address::new(row.get(0)?),
                salt: B256::new(row.get(1)?),
                next: Address::new(row.get(2)?),
                siblings: split(&row.get::<_, Vec<u8>>(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many steps a pack has.
    ///
    /// # Errors
    /// Those of the database.
    pub fn step_count(&self, tag: B256) -> Result<usize, BookError> {
        let find = "SELECT count(*) FROM steps WHERE tag = ?1";
        let mut statement = self.connection.prepare_cached(find)?;
        let count: i64 = statement.query_row([tag.0], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Packs that the partner holds and that went through a key.
    ///
    /// # Errors
    /// Those of the database.
    pub fn went_through(&self, key: Address) -> Result<Vec<B256>, BookError> {
        let find = "SELECT DISTINCT steps.tag FROM steps JOIN packs ON packs.tag = steps.tag \
                    WHERE (steps.next = ?1 OR steps.key = ?1) AND packs.state = ?2 ORDER BY steps.tag";
        let mut statement = self.connection.prepare(find)?;
        let held = super::PackState::Held.code();
        let rows = statement.query_map(params![key.0.0, held], |row| Ok(B256::new(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
