//! Data from elsewhere: values of tables and other files, as forms of the schedule.

mod gather;
mod table;

pub use gather::{Gathered, Value, gather};
pub use table::{Mapped, read_table};

use theriac_standards::table::TableError;

/// Why data were not taken. No text repeats a value.
#[derive(Debug, thiserror::Error)]
pub enum SourceFault {
    /// The table.
    #[error("{0}")]
    Table(#[from] TableError),
    /// A subject that is not in the book.
    #[error("line {0}: no subject of this book has this label")]
    SubjectUnknown(u64),
    /// A form that is not in the schedule.
    #[error("line {0}: the schedule has no such form at this visit")]
    FormUnknown(u64),
    /// The same item twice.
    #[error("line {0}: the item stands there twice")]
    ItemTwice(u64),
    /// Of another form than it is said to be.
    #[error("{0}")]
    Malformed(&'static str),
}
