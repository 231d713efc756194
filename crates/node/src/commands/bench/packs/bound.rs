//! What SQLite alone takes for the rows of a capture: the same tables, indexes, batches and durability, and nothing else.

use anyhow::{Context as _, ensure};
use rusqlite::{Connection, types::Value};
use std::{fs, path::Path, time::Instant};

/// The tables of events, each with the column that numbers the event.
const TABLES: [&str; 4] = ["events", "epcs", "attributes", "readers"];
/// Events of a transaction, as the gateway has them.
const BATCH: i64 = 1_000;

type Row = Vec<Value>;

/// Reads what a gateway stored in `from`, and inserts it into a new database; returns events in a second.
///
/// # Errors
/// Those of the databases.
pub(super) fn insert(from: &Path, into: &Path) -> anyhow::Result<f64> {
    let source = Connection::open(from).context("the gateway's database")?;
    let last: i64 = source.query_row("SELECT max(seq) FROM events", [], |row| row.get(0))?;
    let mut batches = Vec::new();
    for first in (1..=last).step_by(BATCH as usize) {
        let rows = |table: &&str| rows(&source, table, first);
        batches.push(TABLES.iter().map(rows).collect::<Result<Vec<_>, _>>()?);
    }
    let mut target = empty(&source, into)?;
    let begun = Instant::now();
    for batch in &batches {
        let transaction = target.transaction()?;
        for (table, rows) in TABLES.iter().zip(batch) {
            let Some(columns) = rows.first().map(Vec::len) else {
                continue;
            };
            let places = vec!["?"; columns].join(",");
            let insert = format!("INSERT INTO {table} VALUES ({places})");
            let mut statement = transaction.prepare_cached(&insert)?;
            for row in rows {
                statement.execute(rusqlite::params_from_iter(row))?;
            }
        }
        transaction.commit()?;
    }
    Ok(last as f64 / begun.elapsed().as_secs_f64())
}

fn rows(source: &Connection, table: &str, first: i64) -> anyhow::Result<Vec<Row>> {
    let select = format!("SELECT * FROM {table} WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq");
    let mut statement = source.prepare_cached(&select)?;
    let columns = statement.column_count();
    let rows = statement.query_map([first, first + BATCH - 1], |row| {
        (0..columns).map(|column| row.get(column)).collect()
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A database with the tables and indexes of another, and the settings of the gateway's.
fn empty(source: &Connection, into: &Path) -> anyhow::Result<Connection> {
    let _ = fs::remove_file(into);
    let target = Connection::open(into)?;
    for (pragma, value) in [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("cache_size", "-65536"),
        ("wal_autocheckpoint", "16384"),
    ] {
        target.pragma_update(None, pragma, value)?;
    }
    let schema = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN ('events', 'epcs', 'attributes', 'readers')";
    let mut statement = source.prepare(schema)?;
    let definitions = statement.query_map([], |row| row.get::<_, String>(0))?;
    let definitions: Vec<_> = definitions.collect::<Result<_, _>>()?;
    ensure!(
        definitions.len() >= TABLES.len(),
        "the gateway's tables have other names"
    );
    for definition in definitions {
        target.execute_batch(&definition)?;
    }
    Ok(target)
}
