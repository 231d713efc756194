//! What was sent to partners, and what came from them.

use std::path::PathBuf;

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{Book, BookError};
use crate::packs::keys::Announced;

/// A shipment to a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// Its number in the book.
    pub number: i64,
    /// 32 random bytes.
    pub id: B256,
    /// The receiver's card, as JSON.
    pub card: String,
    /// The EPCIS document.
    pub document: String,
    /// Where its package goes.
    pub file: PathBuf,
}

/// A key of the receiver's in a shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StealthKey {
    /// The key, with what lets the receiver find it.
    pub announced: Announced,
    /// The logistic unit whose packs it holds.
    pub sscc: Option<String>,
}

/// A shipment that came from a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its identifier.
    pub id: B256,
    /// Who sent it.
    pub organisation: u32,
    /// The EPCIS document.
    pub document: String,
    /// When it was received.
    pub time_ms: u64,
}

pub(super) fn keep(
    connection: &Connection,
    shipment: &Shipment,
    keys: &[StealthKey],
) -> Result<i64, BookError> {
    let insert = "INSERT INTO shipments (id, card, document, file) VALUES (?1, ?2, ?3, ?4)";
    let file = shipment.file.to_string_lossy();
    connection.execute(
        insert,
        params![shipment.id.0, shipment.card, shipment.document, file],
    )?;
    let number = connection.last_insert_rowid();
    for key in keys {
        let insert = "INSERT INTO stealth (next, shipment, point, sscc) VALUES (?1, ?2, ?3, ?4)";
        let Announced { next, point } = key.announced;
        connection.execute(insert, params![next.0.0, number, point, key.sscc])?;
    }
    Ok(number)
}

pub(super) fn keep_received(connection: &Connection, received: &Received) -> Result<(), BookError> {
    let insert =
        "INSERT INTO received (id, organisation, document, time_ms) VALUES (?1, ?2, ?3, ?4)";
    let Received {
        id,
        organisation,
        document,
        time_ms,
    } = received;
    connection.execute(
        insert,
        params![id.0, organisation, document, time_ms.cast_signed()],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Shipment> {
    Ok(Shipment {
        number: row.get(0)?,
        id: B256::new(row.get(1)?),
        card: row.get(2)?,
        document: row.get(3)?,
        file: row.get::<_, String>(4)?.into(),
    })
}

impl Book {
    /// Shipments whose package was not written yet.
    ///
    /// # Errors
    /// Those of the database.
    pub fn unwritten(&self) -> Result<Vec<Shipment>, BookError> {
        let find = "SELECT number, id, card, document, file FROM shipments WHERE written = 0 ORDER BY number";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The package of a shipment was written.
    ///
    /// # Errors
    /// Those of the database.
    pub fn mark_written(&self, shipment: i64) -> Result<(), BookError> {
        let update = "UPDATE shipments SET written = 1 WHERE number = ?1";
        self.connection.execute(update, [shipment])?;
        Ok(())
    }

    /// A shipment that cannot be sent any more is forgotten.
    ///
    /// # Errors
    /// Those of the database.
    pub fn drop_shipment(&self, shipment: i64) -> Result<(), BookError> {
        self.connection
            .execute("DELETE FROM stealth WHERE shipment = ?1", [shipment])?;
        self.connection
            .execute("DELETE FROM shipments WHERE number = ?1", [shipment])?;
        Ok(())
    }

    /// The receiver's keys in a shipment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn stealth_keys(&self, shipment: i64) -> Result<Vec<StealthKey>, BookError> {
        let find = "SELECT next, point, sscc FROM stealth WHERE shipment = ?1 ORDER BY next";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([shipment], |row| {
            Ok(StealthKey {
                announced: Announced {
                    next: Address::new(row.get(0)?),
                    point: row.get(1)?,
                },
                sscc: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The EPCIS document of a shipment that was sent or received.
    ///
    /// # Errors
    /// Those of the database.
    pub fn document(&self, id: B256) -> Result<Option<String>, BookError> {
        let find = "SELECT document FROM shipments WHERE id = ?1 UNION ALL SELECT document FROM received WHERE id = ?1 LIMIT 1";
        let row = self.connection.query_row(find, [id.0], |row| row.get(0));
        Ok(row.optional()?)
    }

    /// Whether a shipment was received before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_received(&self, id: B256) -> Result<bool, BookError> {
        let find = "SELECT 1 FROM received WHERE id = ?1";
        let found: Option<i64> = self
            .connection
            .query_row(find, [id.0], |row| row.get(0))
            .optional()?;
        Ok(found.is_some())
    }
}
