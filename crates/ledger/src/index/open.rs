//! Opening the index.

use std::{
    fs,
    path::{Path, PathBuf},
};

use alloy_primitives::B256;
use parking_lot::Mutex;
use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata};

use super::{
    IndexError, encode,
    span::{SPAN_BLOCKS, SpanKeys, span_of},
    tables,
};

/// Pages kept in memory, in bytes: the index shares a small machine with the node's other stores.
const CACHE_BYTES: usize = 16 << 20;

/// Finalised blocks on disk. Shared by reference: readers see the last commit and never wait.
#[derive(Debug)]
pub struct Index {
    pub(super) database: Database,
    pub(super) writer: Mutex<Writer>,
    path: PathBuf,
}

/// What the next append needs to know.
#[derive(Clone, Debug, Default)]
pub(super) struct Writer {
    /// Height and hash of the last block.
    pub(super) head: Option<(u64, B256)>,
    /// Log keys of the span that the head belongs to, unless the head completed it.
    pub(super) keys: SpanKeys,
}

/// How much the index takes on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexSize {
    /// The file, in bytes, with pages that are free.
    pub file_bytes: u64,
}

impl Index {
    /// Opens the index file, or makes an empty one.
    ///
    /// # Errors
    ///
    /// [`IndexError::Open`] if the file cannot be opened or is in use, [`IndexError::Format`] if
    /// another version wrote it, [`IndexError::Damaged`] if its newest blocks do not decode.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, IndexError> {
        let path = path.as_ref().to_owned();
        let database = Database::builder()
            .set_cache_size(CACHE_BYTES)
            .create(&path)
            .map_err(|source| IndexError::Open {
                path: path.clone(),
                source: Box::new(source.into()),
            })?;
        prepare(&database)?;
        let writer = Mutex::new(resume(&database)?);
        Ok(Self {
            database,
            writer,
            path,
        })
    }

    /// The size on disk.
    ///
    /// # Errors
    ///
    /// [`IndexError::Examine`] if the file cannot be examined.
    pub fn size(&self) -> Result<IndexSize, IndexError> {
        let file = fs::metadata(&self.path).map_err(|source| IndexError::Examine {
            path: self.path.clone(),
            source,
        })?;
        Ok(IndexSize {
            file_bytes: file.len(),
        })
    }

    /// Bytes of keys and values alone. Slow: reads the whole file. For benches.
    ///
    /// # Errors
    ///
    /// [`IndexError::Database`] if reading fails.
    pub fn stored_bytes(&self) -> Result<u64, IndexError> {
        let transaction = self.database.begin_read()?;
        let mut stored = 0;
        for table in tables::ALL_BY_HEIGHT {
            stored += transaction
                .open_table(table.table())?
                .stats()?
                .stored_bytes();
        }
        stored += transaction
            .open_table(tables::HEIGHTS)?
            .stats()?
            .stored_bytes();
        stored += transaction
            .open_table(tables::PLACES)?
            .stats()?
            .stored_bytes();
        stored += transaction
            .open_table(tables::SPANS)?
            .stats()?
            .stored_bytes();
        Ok(stored)
    }

    /// Empties the index, so that it can start anew at another height. Needed only where a synced
    /// state lies beyond the blocks that are here.
    ///
    /// # Errors
    ///
    /// [`IndexError::Database`] if the commit fails; the index is then as it was.
    pub fn forget(&self) -> Result<(), IndexError> {
        let mut writer = self.writer.lock();
        let mut transaction = self.database.begin_write()?;
        transaction.set_quick_repair(true);
        for table in tables::ALL_BY_HEIGHT {
            transaction.delete_table(table.table())?;
        }
        transaction.delete_table(tables::HEIGHTS)?;
        transaction.delete_table(tables::PLACES)?;
        transaction.delete_table(tables::SPANS)?;
        create_tables(&transaction)?;
        transaction.commit()?;
        *writer = Writer::default();
        Ok(())
    }
}

/// Creates the tables of an empty file; refuses a file of another format.
fn prepare(database: &Database) -> Result<(), IndexError> {
    let transaction = database.begin_write()?;
    let format = {
        let mut facts = transaction.open_table(tables::FACTS)?;
        let format = facts.get("format")?.map(|format| format.value());
        if format.is_none() {
            facts.insert("format", tables::FORMAT)?;
        }
        format
    };
    match format {
        None => {
            create_tables(&transaction)?;
            transaction.commit()?;
            Ok(())
        }
        Some(tables::FORMAT) => Ok(()),
        Some(got) => Err(IndexError::Format {
            expected: tables::FORMAT,
            got,
        }),
    }
}

fn create_tables(transaction: &redb::WriteTransaction) -> Result<(), IndexError> {
    for table in tables::ALL_BY_HEIGHT {
        transaction.open_table(table.table())?;
    }
    transaction.open_table(tables::HEIGHTS)?;
    transaction.open_table(tables::PLACES)?;
    transaction.open_table(tables::SPANS)?;
    Ok(())
}

/// The writer's memory, from what is on disk.
fn resume(database: &Database) -> Result<Writer, IndexError> {
    let transaction = database.begin_read()?;
    let headers = transaction.open_table(tables::HEADERS.table())?;
    let Some((height, header)) = headers.last()? else {
        return Ok(Writer::default());
    };
    let height = height.value();
    let damaged = |table, height| move |_| IndexError::Damaged { table, height };
    let (hash, _) = encode::read_header(header.value()).map_err(damaged("headers", height))?;
    let mut keys = SpanKeys::default();
    // The span that the next block belongs to: empty if the head completed one.
    let start = span_of(height + 1) * SPAN_BLOCKS;
    let receipts = transaction.open_table(tables::RECEIPTS.table())?;
    for entry in receipts.range(start..=height.max(start))? {
        let (height, bytes) = entry?;
        let height = height.value();
        let decoded = encode::all(bytes.value(), encode::read_receipt);
        for receipt in decoded.map_err(damaged("receipts", height))? {
            receipt.logs.iter().for_each(|log| keys.add(log));
        }
    }
    Ok(Writer {
        head: Some((height, hash)),
        keys,
    })
}
