//! What can go wrong with a book.

use std::path::PathBuf;

/// A failure of the book's file.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The folder cannot be used.
    #[error("cannot use the book {folder}", folder = .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// There is no book in the folder.
    #[error("there is no book in {folder}", folder = .0.display())]
    Absent(PathBuf),
    /// The book was written by another version of this program.
    #[error("the book has version {got}, expected {expected}")]
    Version {
        /// Its version.
        got: i64,
        /// The version of this program.
        expected: i64,
    },
    /// The book is of another account, network or organisation.
    #[error("the book is of another {0}")]
    OtherOwner(&'static str),
    /// A gateway, or another command, writes the book.
    #[error("a gateway or another command works with this book; use its door, or end it first")]
    InUse,
    /// Something in the book is not what it should be.
    #[error("the book is damaged: {0}")]
    Damaged(&'static str),
    /// An entry of the log in the book is not the one that the ledger has.
    #[error(
        "entry {0} of the book's log is not the ledger's: restore the book from the other party's copy"
    )]
    EntryDiffers(u64),
    /// The database failed.
    #[error("the book's database failed")]
    Database(#[from] rusqlite::Error),
}
