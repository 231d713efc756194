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

/// Keeps a lot that the ledger has.
pub(super) fn keep(connection: &Connection, lot: &KnownLot) -> Result<(), BookError> {
    let number = next_number(connection)?;
    insert(connection, number, (lot, true))
}

/// The number that a new lot gets.
pub(super) fn next_number(connection: &Connection) -> Result<i64, BookError> {
    let find = "SELECT coalesce(max(number), 0) + 1 FROM lots";
    Ok(connection.query_row(find, [], |row| row.get(0))?)
}

/// Keeps a lot under this number, unless the book has it.
pub(super) fn insert(
    connection: &Connection,
    number: i64,
    (lot, entered): (&KnownLot, bool),
) -> Result<(), BookError> {
    let insert = "INSERT OR IGNORE INTO lots (number, root, gtin, lot, expiry, organisation, key, entered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
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
        params![
            number,
            root.0,
            gtin,
            lot,
            expiry,
            organisation,
            key.0.0,
            entered
        ],
    )?;
    Ok(())
}

/// The lot is on the ledger.
pub(super) fn enter(connection: &Connection, root: B256) -> Result<(), BookError> {
    connection.execute("UPDATE lots SET entered = 1 WHERE root = ?1", [root.0])?;
    Ok(())
}

/// Takes a lot that is not on the ledger out of the book, with its packs.
pub(super) fn remove(connection: &Connection, root: B256) -> Result<(), BookError> {
    let packs =
        "DELETE FROM packs WHERE lot = (SELECT number FROM lots WHERE root = ?1 AND entered = 0)";
    connection.execute(packs, [root.0])?;
    connection.execute("DELETE FROM lots WHERE root = ?1 AND entered = 0", [root.0])?;
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
            "SELECT {columns}, count(CASE WHEN packs.state = ?1 AND lots.entered THEN 1 END), count(packs.tag) FROM lots \
             LEFT JOIN packs ON packs.lot = lots.number GROUP BY lots.number ORDER BY lots.gtin, lots.lot, lots.root"
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
