//! Why the index could not do what was asked.

use std::{io, path::PathBuf};

use alloy_primitives::B256;
use thiserror::Error;

/// A failure of the index.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The file could not be opened.
    #[error("cannot open the index at {path}")]
    Open {
        /// The index file.
        path: PathBuf,
        /// What the database said.
        #[source]
        source: Box<redb::Error>,
    },
    /// The file could not be examined.
    #[error("cannot examine the index at {path}")]
    Examine {
        /// The index file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The file was written by another format of the index.
    #[error("the index has format {got}, this program reads format {expected}: sync it anew")]
    Format {
        /// The format that this program writes.
        expected: u64,
        /// The format of the file.
        got: u64,
    },
    /// Reading or writing failed.
    #[error("the index's database failed")]
    Database(#[source] Box<redb::Error>),
    /// A stored value does not decode: the file is damaged.
    #[error(
        "the index's {table} at height {height} does not decode: the file is damaged, sync it anew"
    )]
    Damaged {
        /// The table.
        table: &'static str,
        /// The block's height.
        height: u64,
    },
    /// A block does not follow the head.
    #[error("the next block to index is {expected}, got {got}")]
    Gap {
        /// The height after the head.
        expected: u64,
        /// The height given.
        got: u64,
    },
    /// Another block is known at this height.
    #[error("the block at height {height} is {known}, got {got}")]
    Conflict {
        /// The height.
        height: u64,
        /// The hash in the index.
        known: B256,
        /// The hash given.
        got: B256,
    },
    /// A block does not name the head as its parent.
    #[error("block {height} has parent {got}, the head is {head}")]
    WrongParent {
        /// The height given.
        height: u64,
        /// The head's hash.
        head: B256,
        /// The parent hash given.
        got: B256,
    },
    /// A block lies before the first one kept.
    #[error("the index starts at height {floor}, got {got}")]
    BelowFloor {
        /// The first height kept.
        floor: u64,
        /// The height given.
        got: u64,
    },
    /// A block does not have one receipt per transaction.
    #[error("block {height} has {transactions} transactions and {receipts} receipts")]
    ReceiptCount {
        /// The height given.
        height: u64,
        /// Its transactions.
        transactions: usize,
        /// Its receipts.
        receipts: usize,
    },
}

macro_rules! from_redb {
    ($($kind:ident),*) => {$(
        impl From<redb::$kind> for IndexError {
            fn from(error: redb::$kind) -> Self {
                Self::Database(Box::new(error.into()))
            }
        }
    )*};
}

from_redb!(TransactionError, TableError, StorageError, CommitError);
