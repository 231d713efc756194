//! One of two databases.

use super::{
    StorageError,
    postgres::Postgres,
    sqlite::Sqlite,
    statement::{Change, Select},
    value::Row,
};

/// One of two databases.
#[expect(clippy::large_enum_variant, reason = "a repository has one")]
pub(super) enum Database {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Database {
    /// Rows of what is committed.
    pub(super) async fn read(&self, select: Select) -> Result<Vec<Row>, StorageError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.read(select).await,
            Self::Postgres(postgres) => postgres.read(select).await,
        }
    }

    /// Does all changes or none; when it returns, they are on disk. Gives how many rows each change touched.
    pub(super) async fn write(&self, changes: Vec<Change>) -> Result<Vec<u64>, StorageError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(changes).await,
            Self::Postgres(postgres) => postgres.write(changes).await,
        }
    }
}
