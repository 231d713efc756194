//! The embedded database: one connection writes, some read.

use super::{
    StorageError,
    schema::{Dialect, migrations},
    statement::{Change, Select},
    value::{Row, Value},
};
use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags, ToSql, types::ToSqlOutput, types::ValueRef};
use std::{path::Path, sync::Arc};
use tokio::sync::Semaphore;

const READERS: usize = 4;

pub(super) struct Sqlite {
    writer: Arc<Mutex<Connection>>,
    readers: Arc<Mutex<Vec<Connection>>>,
    free: Arc<Semaphore>,
}

impl Sqlite {
    /// Opens or makes the database file. Blocks.
    pub(super) fn open(file: &Path) -> Result<Self, StorageError> {
        let mut writer = Connection::open(file)?;
        // With WAL a commit is on disk only under FULL (SQLite, PRAGMA synchronous).
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "FULL")?;
        writer.pragma_update(None, "cache_size", -65_536)?;
        writer.pragma_update(None, "wal_autocheckpoint", 16_384)?;
        writer.set_prepared_statement_cache_capacity(64);
        migrate(&mut writer)?;
        let readers = (0..READERS).map(|_| {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let reader = Connection::open_with_flags(file, flags)?;
            reader.pragma_update(None, "cache_size", -16_384)?;
            reader.set_prepared_statement_cache_capacity(64);
            Ok(reader)
        });
        Ok(Self {
            writer: Arc::new(Mutex::new(writer)),
            readers: Arc::new(Mutex::new(readers.collect::<Result<_, rusqlite::Error>>()?)),
            free: Arc::new(Semaphore::new(READERS)),
        })
    }

    pub(super) async fn read(&self, select: Select) -> Result<Vec<Row>, StorageError> {
        let permit = self.free.clone().acquire_owned().await;
        let permit = permit.map_err(|_| StorageError::BrokenOff)?;
        let readers = self.readers.clone();
        blocking(move || {
            let reader = readers.lock().pop().ok_or(StorageError::BrokenOff)?;
            let rows = rows(&reader, &select);
            readers.lock().push(reader);
            drop(permit);
            rows
        })
        .await
    }

    pub(super) async fn write(&self, changes: Vec<Change>) -> Result<Vec<u64>, StorageError> {
        let writer = self.writer.clone();
        blocking(move || {
            let mut writer = writer.lock();
            let transaction = writer.transaction()?;
            let mut touched = Vec::with_capacity(changes.len());
            for change in &changes {
                let mut statement = transaction.prepare_cached(&numbered(change.sql))?;
                let mut count = 0;
                for row in &change.rows {
                    count += statement.execute(rusqlite::params_from_iter(row))? as u64;
                }
                touched.push(count);
            }
            transaction.commit()?;
            Ok(touched)
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StorageError> + Send + 'static,
) -> Result<T, StorageError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| StorageError::BrokenOff)?
}

/// SQLite's own numbered placeholders are `?1`; what it does with `$1` depends on the order in which they stand.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

fn rows(connection: &Connection, select: &Select) -> Result<Vec<Row>, StorageError> {
    let mut statement = connection.prepare_cached(&numbered(&select.sql))?;
    let columns = statement.column_count();
    let mut found = statement.query(rusqlite::params_from_iter(&select.values))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let values = (0..columns).map(|column| value(row.get_ref(column)?));
        rows.push(Row::new(values.collect::<Result<_, _>>()?));
    }
    Ok(rows)
}

fn value(found: ValueRef<'_>) -> Result<Value, StorageError> {
    match found {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Real(_) => Err(StorageError::Shape("an integer")),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text).map_err(|_| StorageError::Shape("UTF-8"))?;
            Ok(Value::Text(text.to_owned()))
        }
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn migrate(connection: &mut Connection) -> Result<(), StorageError> {
    let transaction = connection.transaction()?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (version, script) in migrations(Dialect::Sqlite, found)? {
        transaction.execute_batch(&script)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    transaction.commit()?;
    Ok(())
}
