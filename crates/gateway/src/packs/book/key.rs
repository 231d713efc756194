//! One-time keys that the book can sign with.

use alloy_primitives::Address;
use rusqlite::{Connection, OptionalExtension as _, params};
use theriac_sdk::account::Account;

use super::{Book, BookError};
use crate::packs::keys::{Announced, received};

/// The next key of the book's own, which is counted before it is used.
pub(super) fn next(
    connection: &Connection,
    book: &crate::packs::keys::BookSecret,
) -> Result<Address, BookError> {
    let counted = "UPDATE partner SET next_key = next_key + 1 RETURNING next_key - 1";
    let number: i64 = connection.query_row(counted, [], |row| row.get(0))?;
    let address = book.one_time(number.cast_unsigned()).address();
    let insert = "INSERT INTO keys (address, number) VALUES (?1, ?2)";
    connection.execute(insert, params![address.0.0, number])?;
    Ok(address)
}

/// Keeps a key that was handed over to.
pub(super) fn keep(connection: &Connection, announced: &Announced) -> Result<(), BookError> {
    let insert = "INSERT OR IGNORE INTO keys (address, point) VALUES (?1, ?2)";
    connection.execute(insert, params![announced.next.0.0, announced.point])?;
    Ok(())
}

impl Book {
    /// A fresh one-time key of the book's own.
    ///
    /// # Errors
    /// Those of the database.
    pub fn next_key(&self) -> Result<Address, BookError> {
        next(&self.connection, self.secret())
    }

    /// The key of this address; `None` where it is not one of the book's.
    ///
    /// # Errors
    /// Those of the database; `Damaged` where it does not follow from the secret.
    pub fn key(&self, address: Address) -> Result<Option<Account>, BookError> {
        let find = "SELECT number, point FROM keys WHERE address = ?1";
        let found = self.connection.query_row(find, [address.0.0], |row| {
            Ok((
                row.get::<_, Option<i64>>(0)?,
                row.get::<_, Option<[u8; 33]>>(1)?,
            ))
        });
        let key = match found.optional()? {
            None => return Ok(None),
            Some((Some(number), _)) => Some(self.secret().one_time(number.cast_unsigned())),
            Some((None, Some(point))) => {
                let announced = Announced {
                    next: address,
                    point,
                };
                received(self.secret(), &announced)
            }
            Some((None, None)) => None,
        };
        let key = key.filter(|key| key.address() == address);
        key.map(Some)
            .ok_or(BookError::Damaged("a key does not follow from the secret"))
    }

    /// Whether the key is one of the book's.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_own(&self, address: Address) -> Result<bool, BookError> {
        let find = "SELECT 1 FROM keys WHERE address = ?1";
        let found: Option<i64> = self
            .connection
            .query_row(find, [address.0.0], |row| row.get(0))
            .optional()?;
        Ok(found.is_some())
    }
}
