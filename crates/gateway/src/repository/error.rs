//! Why the database did not do what was asked.

use thiserror::Error;

/// A failure of the database.
#[derive(Debug, Error)]
pub enum StorageError {
    /// SQLite failed.
    #[error("the embedded database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL failed, with its code for why (SQLSTATE), or the connection did.
    #[error("PostgreSQL failed: {0}")]
    Postgres(String),
    /// The data folder cannot be used.
    #[error("the data folder cannot be used")]
    Folder(#[from] std::io::Error),
    /// Another gateway uses the database or the folder.
    #[error("another gateway uses {0}; stop it, or give this one its own")]
    InUse(&'static str),
    /// The tables are of a later version.
    #[error("the tables are of version {found}, this program knows {known}; use a later program")]
    LaterVersion {
        /// What stands there.
        found: i64,
        /// What is known here.
        known: i64,
    },
    /// A row is not as it was written.
    #[error("a row without {0} where it is expected")]
    Shape(&'static str),
    /// A stored event cannot be read again.
    #[error("a stored event cannot be read: {0}")]
    Event(String),
    /// The task that worked with the database ended early.
    #[error("the work with the database was broken off")]
    BrokenOff,
}

impl From<tokio_postgres::Error> for StorageError {
    /// What PostgreSQL says beside its code may hold values of rows, which are for no log.
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(match error.code() {
            Some(code) => code.code().to_owned(),
            None if error.is_closed() => "the connection is closed".to_owned(),
            None => "no answer that can be read".to_owned(),
        })
    }
}
