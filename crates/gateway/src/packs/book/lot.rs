//! Lots that the book knows.

use alloy_primitives::{Address, B256};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{Book, BookError};

/// A lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLot {
    /// Root of the trie of its pack tags.
    pub root: B256,
    /// The product: 14 digits.
    pub gtin: String,
    /// Its number.
    pub lot: String,
    /// Its expiry as printed.
    pub expiry: String,
    /// Who commissioned it.
    pub organisation: u32,
    /// The one-time key that held it first.
    pub key: Address,
}

const COLUMNS: &str = "root, gtin, lot, expiry, organisation, key";

pub(super) fn keep(connection: &Connection, lot: &KnownLot) -> Result<(), BookError> {
    let insert = "INSERT OR IGNORE INTO lots (root, gtin, lot, expiry, organisation, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let KnownLot {
        root,
        gtin,
        lot,
        expiry,
        organisation,
        key,
    } = lot;
    connection.execute(
        insert,
        params![root.0, gtin, lot, expiry, organisation, key.0.0],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<KnownLot> {
    Ok(KnownLot {
        root: B256::new(row.get(0)?),
        gtin: row.get(1)?,
        lot: row.get(2)?,
        expiry: row.get(3)?,
        organisation: row.get(4)?,
        key: Address::new(row.get(5)?),
    })
}

impl Book {
    /// The lot of this root.
    ///
    /// # Errors
    /// Those of the database.
    pub fn lot(&self, root: B256) -> Result<Option<KnownLot>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM lots WHERE root = ?1");
        Ok(self
            .connection
            .query_row(&find, [root.0], read)
            .optional()?)
    }

    /// Lots of a product by this number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn lots(&self, gtin: &str, lot: &str) -> Result<Vec<KnownLot>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM lots WHERE gtin = ?1 AND lot = ?2 ORDER BY root");
        let mut statement = self.connection.prepare_cached(&find)?;
        let rows = statement.query_map([gtin, lot], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether an organisation made something of a product.
    ///
    /// # Errors
    /// Those of the database.
    pub fn makes(&self, gtin: &str, organisation: u32) -> Result<bool, BookError> {
        let find = "SELECT EXISTS (SELECT 1 FROM lots WHERE gtin = ?1 AND organisation = ?2)";
        let mut statement = self.connection.prepare_cached(find)?;
        Ok(statement.query_row(params![gtin, organisation], |row| row.get(0))?)
    }

    /// Lots of any product by this number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn lots_of_number(&self, lot: &str) -> Result<Vec<KnownLot>, BookError> {
        let find = format!("SELECT {COLUMNS} FROM lots WHERE lot = ?1 ORDER BY root");
        let mut statement = self.connection.prepare(&find)?;
        let rows = statement.query_map([lot], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All lots, with how many of their packs are held, and how many were ever in the book.
    ///
    /// # Errors
    /// Those of the database.
    pub fn stock(&self) -> Result<Vec<(KnownLot, u64, u64)>, BookError> {
        let columns = COLUMNS.split(", ").map(|column| format!("lots.{column}"));
        let columns = columns.collect::<Vec<_>>().join(", ");
        let find = format!(
            "SELECT {columns}, count(CASE WHEN packs.state = ?1 THEN 1 END), count(packs.tag) FROM lots \
             LEFT JOIN packs ON packs.root = lots.root GROUP BY lots.root ORDER BY lots.gtin, lots.lot, lots.root"
        );
        let mut statement = self.connection.prepare(&find)?;
        let held = super::PackState::Held.code();
        let rows = statement.query_map([held], |row| {
            let counts: [i64; 2] = [row.get(6)?, row.get(7)?];
            let [held, all] = counts.map(i64::cast_unsigned);
            Ok((read(row)?, held, all))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
