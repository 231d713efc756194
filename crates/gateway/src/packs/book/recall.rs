//! Recalls that matched the stock: what to pull, pack by pack.
//!
//! ```text
//! to pull ---> pulled
//!    |           ^
//!    +-> not found
//! ```
//!
//! What was pulled stays so; what was not found may be found.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use rusqlite::{Connection, params};
use theriac_contracts::codes::ExitKind;

use super::{Book, BookError, PackState};

/// How far a pack of a recall is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PullState {
    /// It is to be pulled.
    ToPull,
    /// It is out of the stock.
    Pulled,
    /// It was looked for and is not there.
    NotFound,
}

impl PullState {
    const ALL: [Self; 3] = [Self::ToPull, Self::Pulled, Self::NotFound];

    fn code(self) -> i64 {
        self as i64
    }

    fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a pack may come from this state into another.
    pub fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::ToPull, Self::Pulled | Self::NotFound) | (Self::NotFound, Self::Pulled) => true,
            (Self::ToPull | Self::NotFound, Self::ToPull)
            | (Self::NotFound, Self::NotFound)
            | (Self::Pulled, Self::ToPull | Self::Pulled | Self::NotFound) => false,
        }
    }
}

/// Where the packs of a recalled lot are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PullCounts {
    /// To be pulled.
    pub to_pull: u64,
    /// Pulled.
    pub pulled: u64,
    /// Looked for, and not there.
    pub not_found: u64,
    /// Dispensed before.
    pub dispensed: u64,
    /// Handed over to others before.
    pub sent_on: u64,
}

fn set(
    connection: &Connection,
    (flag, tag): (u64, B256),
    (from, to): (PullState, PullState),
) -> Result<bool, BookError> {
    debug_assert!(from.may_become(to));
    let update = "UPDATE recall_packs SET state = ?4 WHERE flag = ?1 AND tag = ?2 AND state = ?3";
    let values = params![flag.cast_signed(), tag.0, from.code(), to.code()];
    Ok(connection.prepare_cached(update)?.execute(values)? == 1)
}

impl Book {
    /// Keeps packs on which a recall stands, those that are new as to be pulled.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_recall(&mut self, flag: u64, tags: &[B256]) -> Result<(), BookError> {
        let transaction = self.connection.transaction()?;
        for tag in tags {
            let insert =
                "INSERT OR IGNORE INTO recall_packs (flag, tag, state) VALUES (?1, ?2, ?3)";
            let values = params![flag.cast_signed(), tag.0, PullState::ToPull.code()];
            transaction.prepare_cached(insert)?.execute(values)?;
        }
        Ok(transaction.commit()?)
    }

    /// Numbers of the flags for which packs were ever to be pulled, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn recalls(&self) -> Result<Vec<u64>, BookError> {
        let find = "SELECT DISTINCT flag FROM recall_packs ORDER BY flag";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Packs of a recall, in order of tag.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn recall_packs(&self, flag: u64) -> Result<BTreeMap<B256, PullState>, BookError> {
        let find = "SELECT tag, state FROM recall_packs WHERE flag = ?1";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([flag.cast_signed()], |row| {
            Ok((B256::new(row.get(0)?), PullState::from_code(row.get(1)?)))
        })?;
        let damaged = || BookError::Damaged("a pack of a recall has no state");
        rows.map(|row| {
            let (tag, state) = row?;
            Ok((tag, state.ok_or_else(damaged)?))
        })
        .collect()
    }

    /// A pack is out of the stock; the flags for which it was to be pulled.
    ///
    /// # Errors
    /// Those of the database.
    pub fn pull(&mut self, tag: B256) -> Result<Vec<u64>, BookError> {
        let transaction = self.connection.transaction()?;
        let mut pulled = Vec::new();
        let flags = {
            let mut statement = transaction
                .prepare("SELECT flag FROM recall_packs WHERE tag = ?1 ORDER BY flag")?;
            let rows =
                statement.query_map([tag.0], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))?;
            rows.collect::<Result<Vec<_>, _>>()?
        };
        for flag in flags {
            for from in [PullState::ToPull, PullState::NotFound] {
                if set(&transaction, (flag, tag), (from, PullState::Pulled))? {
                    pulled.push(flag);
                }
            }
        }
        transaction.commit()?;
        Ok(pulled)
    }

    /// All packs that are still to be pulled for a flag were looked for, and are not there; how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn not_found(&mut self, flag: u64) -> Result<u64, BookError> {
        let packs = self.recall_packs(flag)?;
        let transaction = self.connection.transaction()?;
        let mut missing = 0;
        for (tag, state) in packs {
            if state == PullState::ToPull {
                let change = (state, PullState::NotFound);
                missing += u64::from(set(&transaction, (flag, tag), change)?);
            }
        }
        transaction.commit()?;
        Ok(missing)
    }

    /// Where the packs of a recalled lot are.
    ///
    /// # Errors
    /// Those of the database; `Damaged`.
    pub fn pull_counts(&self, flag: u64, root: B256) -> Result<PullCounts, BookError> {
        let packs = self.recall_packs(flag)?;
        let of =
            |wanted: PullState| packs.values().filter(|state| **state == wanted).count() as u64;
        let others = "SELECT count(*) FROM packs WHERE lot = (SELECT number FROM lots WHERE root = ?1) AND state = ?2 AND kind = ?3 AND tag NOT IN (SELECT tag FROM recall_packs WHERE flag = ?4)";
        let others = |state: PackState, kind: u8| -> Result<u64, BookError> {
            let values = params![root.0, state.code(), kind, flag.cast_signed()];
            let count: i64 = self
                .connection
                .query_row(others, values, |row| row.get(0))?;
            Ok(count.cast_unsigned())
        };
        Ok(PullCounts {
            to_pull: of(PullState::ToPull),
            pulled: of(PullState::Pulled),
            not_found: of(PullState::NotFound),
            dispensed: others(PackState::Left, ExitKind::Dispensed.code())?,
            sent_on: others(PackState::Sent, 0)?,
        })
    }

    /// Cards of those to whom packs of a lot were shipped, each with how many packs.
    ///
    /// # Errors
    /// Those of the database.
    pub fn buyers_of(&self, root: B256) -> Result<Vec<(String, u64)>, BookError> {
        let find = "SELECT shipments.card, count(DISTINCT moves.tag) FROM shipments \
                    JOIN hand_overs ON hand_overs.shipment = shipments.number \
                    JOIN moves ON moves.hand_over = hand_overs.number \
                    JOIN packs ON packs.tag = moves.tag \
                    WHERE packs.lot = (SELECT number FROM lots WHERE root = ?1) AND moves.next NOT IN (SELECT address FROM keys) \
                    GROUP BY shipments.number ORDER BY shipments.number";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([root.0], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
