//! PostgreSQL: one connection writes, some read; each is made anew when it was lost.

use super::{
    StorageError,
    connection::{Link, connect},
    schema::{Dialect, migrations},
    statement::{Change, Select},
    value::{Row, Value},
};
use bytes::BytesMut;
use futures::future::try_join_all;
use std::error::Error;
use tokio::sync::Mutex;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

const READERS: usize = 4;

/// What a gateway locks for as long as it is connected ("theriac" in bytes).
const LOCK: i64 = 0x0074_6865_7269_6163;

pub(super) struct Postgres {
    url: String,
    writer: Mutex<Link>,
    readers: Vec<Mutex<Link>>,
    next: std::sync::atomic::AtomicUsize,
}

impl Postgres {
    /// Connects, takes the lock and brings the tables up to date.
    pub(super) async fn open(url: &str) -> Result<Self, StorageError> {
        let mut writer = lock(url).await?;
        migrate(&mut writer).await?;
        let mut readers = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            readers.push(Mutex::new(connect(url).await?));
        }
        Ok(Self {
            url: url.to_owned(),
            writer: Mutex::new(writer),
            readers,
            next: std::sync::atomic::AtomicUsize::new(0),
        })
    }

    pub(super) async fn read(&self, select: Select) -> Result<Vec<Row>, StorageError> {
        let at = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut reader = self.readers[at % self.readers.len()].lock().await;
        if reader.client.is_closed() {
            *reader = connect(&self.url).await?;
        }
        let statement = reader.prepare(&select.sql).await?;
        let values: Vec<_> = select.values.iter().map(parameter).collect();
        let rows = reader.client.query(&statement, &values).await?;
        rows.iter().map(row).collect()
    }

    pub(super) async fn write(&self, changes: Vec<Change>) -> Result<Vec<u64>, StorageError> {
        let mut writer = self.writer.lock().await;
        if writer.client.is_closed() {
            *writer = lock(&self.url).await?;
        }
        let mut statements = Vec::with_capacity(changes.len());
        for change in &changes {
            statements.push(writer.prepare(change.sql).await?);
        }
        let transaction = writer.client.transaction().await?;
        let mut touched = Vec::with_capacity(changes.len());
        for (change, statement) in changes.iter().zip(&statements) {
            // All rows are sent before the first is answered.
            let rows = change.rows.iter().map(|row| {
                let values: Vec<_> = row.iter().map(parameter).collect();
                let transaction = &transaction;
                async move { transaction.execute(statement, &values).await }
            });
            touched.push(try_join_all(rows).await?.into_iter().sum());
        }
        transaction.commit().await?;
        Ok(touched)
    }
}

async fn lock(url: &str) -> Result<Link, StorageError> {
    let link = connect(url).await?;
    let row = link
        .client
        .query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]);
    match row.await?.try_get(0)? {
        true => Ok(link),
        false => Err(StorageError::InUse("the database")),
    }
}

async fn migrate(writer: &mut Link) -> Result<(), StorageError> {
    let transaction = writer.client.transaction().await?;
    let made = "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)";
    transaction.batch_execute(made).await?;
    let found = transaction.query_opt("SELECT version FROM schema_version", &[]);
    let found = found
        .await?
        .map(|row| row.try_get::<_, i64>(0))
        .transpose()?;
    for (version, script) in migrations(Dialect::Postgres, found.unwrap_or(0))? {
        transaction.batch_execute(&script).await?;
        transaction
            .execute("DELETE FROM schema_version", &[])
            .await?;
        let insert = "INSERT INTO schema_version VALUES ($1)";
        transaction.execute(insert, &[&version]).await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn parameter(value: &Value) -> &(dyn ToSql + Sync) {
    value
}

fn row(row: &tokio_postgres::Row) -> Result<Row, StorageError> {
    let values = row.columns().iter().enumerate().map(|(at, column)| {
        let kind = column.type_();
        Ok(match *kind {
            Type::INT8 => Value::from(row.try_get::<_, Option<i64>>(at)?),
            Type::INT4 => Value::from(row.try_get::<_, Option<i32>>(at)?.map(i64::from)),
            Type::TEXT => Value::from(row.try_get::<_, Option<String>>(at)?),
            Type::BYTEA => Value::from(row.try_get::<_, Option<Vec<u8>>>(at)?),
            _ => return Err(StorageError::Shape("a known type")),
        })
    });
    Ok(Row::new(values.collect::<Result<_, StorageError>>()?))
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) if *kind == Type::INT4 => {
                i32::try_from(*number)?.to_sql(kind, out)
            }
            Self::Integer(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT4, Type::INT8, Type::TEXT, Type::BYTEA].contains(kind)
    }

    to_sql_checked!();
}
