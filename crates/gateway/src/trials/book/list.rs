//! Lists of the account that made them, encrypted to it; and those that were published.

use rusqlite::{OptionalExtension as _, params};

use super::{Book, BookError};

impl Book {
    /// Keeps a list that was encrypted to its maker.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_list(&self, list: u16, sealed: &[u8]) -> Result<(), BookError> {
        let insert = "INSERT INTO lists (list, sealed) VALUES (?1, ?2) ON CONFLICT (list) DO UPDATE SET sealed = excluded.sealed";
        self.connection.execute(insert, params![list, sealed])?;
        Ok(())
    }

    /// A list, encrypted to its maker.
    ///
    /// # Errors
    /// Those of the database.
    pub fn list(&self, list: u16) -> Result<Option<Vec<u8>>, BookError> {
        let find = "SELECT sealed FROM lists WHERE list = ?1";
        let found = self.connection.query_row(find, [list], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// Keeps a list in the open: the study is unblinded.
    ///
    /// # Errors
    /// Those of the database.
    pub fn publish_list(&self, list: u16, content: &[u8]) -> Result<(), BookError> {
        let update = "UPDATE lists SET published = ?2 WHERE list = ?1";
        self.connection.execute(update, params![list, content])?;
        Ok(())
    }

    /// Keeps a list that another book opened.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_published(&self, list: u16, content: &[u8]) -> Result<(), BookError> {
        let insert = "INSERT INTO lists (list, sealed, published) VALUES (?1, x'', ?2) ON CONFLICT (list) DO UPDATE SET published = excluded.published";
        self.connection.execute(insert, params![list, content])?;
        Ok(())
    }

    /// A list, where it is in the open.
    ///
    /// # Errors
    /// Those of the database.
    pub fn published_list(&self, list: u16) -> Result<Option<Vec<u8>>, BookError> {
        let find = "SELECT published FROM lists WHERE list = ?1 AND published IS NOT NULL";
        let found = self.connection.query_row(find, [list], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// Lists in the open, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn published_lists(&self) -> Result<Vec<(u16, Vec<u8>)>, BookError> {
        let find = "SELECT list, published FROM lists WHERE published IS NOT NULL ORDER BY list";
        let mut statement = self.connection.prepare(find)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
