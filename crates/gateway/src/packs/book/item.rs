//! Items of cabinets: amounts that the ledger holds as commitments, with the blindings that open them.

use alloy_primitives::B256;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use theriac_sdk::cabinets::Blinding;

use super::{Book, BookError};

/// An item in a cabinet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CabinetItem {
    /// The cabinet.
    pub cabinet: B256,
    /// The item's identifier on the ledger.
    pub item: B256,
    /// What is in stock.
    pub stock: i64,
    /// The sum of the blindings of all changes of the stock.
    pub blinding: Blinding,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Result<CabinetItem, BookError>> {
    let damaged = BookError::Damaged("an item has no blinding");
    let Ok(blinding) = Blinding::decode(B256::new(row.get(3)?)) else {
        return Ok(Err(damaged));
    };
    Ok(Ok(CabinetItem {
        cabinet: B256::new(row.get(0)?),
        item: B256::new(row.get(1)?),
        stock: row.get(2)?,
        blinding,
    }))
}

impl Book {
    /// An item of a cabinet; nothing in stock where the book has nothing of it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn cabinet_item(&self, cabinet: B256, gtin: &str) -> Result<CabinetItem, BookError> {
        let item = self.secret().item(gtin);
        let find = "SELECT cabinet, item, stock, blinding FROM cabinet_items WHERE cabinet = ?1 AND item = ?2";
        let found = self
            .connection
            .query_row(find, params![cabinet.0, item.0], read)
            .optional()?;
        found.unwrap_or(Ok(CabinetItem {
            cabinet,
            item,
            stock: 0,
            blinding: Blinding::NONE,
        }))
    }
}

/// Adds a change of the stock with its blinding.
pub(super) fn add(
    (connection, gtin): (&Connection, &str),
    (cabinet, item): (B256, B256),
    (change, blinding): (i64, B256),
) -> Result<(), BookError> {
    let damaged = || BookError::Damaged("a movement has no blinding");
    let find =
        "SELECT cabinet, item, stock, blinding FROM cabinet_items WHERE cabinet = ?1 AND item = ?2";
    let found = connection
        .query_row(find, params![cabinet.0, item.0], read)
        .optional()?;
    let (stock, sum) = match found.transpose()? {
        Some(known) => (known.stock, known.blinding),
        None => (0, Blinding::NONE),
    };
    let stock = stock.checked_add(change).ok_or_else(damaged)?;
    let blinding = sum + Blinding::decode(blinding).map_err(|_| damaged())?;
    let insert = "INSERT INTO cabinet_items (cabinet, item, gtin, stock, blinding) VALUES (?1, ?2, ?3, ?4, ?5) \
                  ON CONFLICT (cabinet, item) DO UPDATE SET stock = excluded.stock, blinding = excluded.blinding";
    let blinding = blinding.encode();
    connection.execute(insert, params![cabinet.0, item.0, gtin, stock, blinding.0])?;
    Ok(())
}
