//! The repository opened.

use super::{
    StorageError, database::Database, postgres::Postgres, sqlite::Sqlite, statement::Select,
};
use crate::config::Storage;
use parking_lot::RwLock;
use std::path::Path;
use theriac_standards::epcis::query::Hierarchy;
use tokio::sync::{Mutex, watch};

/// Where events are kept.
pub(crate) struct Repository {
    pub(super) database: Database,
    /// Held by whoever gives out numbers, until what it numbered is on disk.
    pub(super) numbers: Mutex<Numbers>,
    pub(super) hierarchy: RwLock<std::sync::Arc<Hierarchy>>,
    pub(super) published: watch::Sender<i64>,
}

/// The numbers given out last.
pub(super) struct Numbers {
    pub(super) capture: i64,
    pub(super) event: i64,
    pub(super) recorded: i64,
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Repository(..)")
    }
}

impl Repository {
    /// Opens the database, and brings its tables up to date.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub(crate) async fn open(storage: &Storage, data: &Path) -> Result<Self, StorageError> {
        let database = match storage {
            Storage::Embedded => {
                let file = data.join("events.sqlite");
                let opened = tokio::task::spawn_blocking(move || Sqlite::open(&file)).await;
                Database::Sqlite(opened.map_err(|_| StorageError::BrokenOff)??)
            }
            Storage::Postgres(url) => Database::Postgres(Postgres::open(url).await?),
        };
        let numbers = Numbers {
            capture: last(&database, "SELECT max(number) FROM captures").await?,
            event: last(&database, "SELECT max(seq) FROM events").await?,
            recorded: last(&database, "SELECT max(recorded) FROM captures").await?,
        };
        let repository = Self {
            published: watch::Sender::new(numbers.recorded),
            database,
            numbers: Mutex::new(numbers),
            hierarchy: RwLock::default(),
        };
        repository.load_hierarchy().await?;
        Ok(repository)
    }

    /// The record time of what is visible now and became so last. Whoever was told that a capture is finished sees its events.
    pub(crate) async fn snapshot(&self) -> Result<i64, StorageError> {
        last(&self.database, "SELECT max(recorded) FROM captures").await
    }

    /// The record time that was told last, in milliseconds since 1970; 0 if none was.
    pub(crate) fn last_recorded(&self) -> i64 {
        *self.published.borrow()
    }

    /// Tells whenever something becomes visible.
    pub(crate) fn published(&self) -> watch::Receiver<i64> {
        self.published.subscribe()
    }
}

async fn last(database: &Database, sql: &str) -> Result<i64, StorageError> {
    let rows = database.read(Select::new(sql, vec![])).await?;
    let number = rows.into_iter().next().map(|mut row| row.maybe_integer());
    Ok(number.transpose()?.flatten().unwrap_or(0))
}
