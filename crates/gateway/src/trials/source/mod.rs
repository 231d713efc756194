//! Data from elsewhere: values of tables and other files, as forms of the schedule.
//!
//! ```text
//! ODM 1.3.2, 2.0 ---\                                   / misfits: nothing is entered, and each is told with its place
//! Dataset-JSON -----+-> changes --plan (book, schedule)-+
//! CSV --> values --> gather                             \ captures, then rounds of corrections
//! ```

mod change;
mod dataset;
mod gather;
mod misfit;
mod null;
mod odm;
mod plan;
mod reason;
mod steps;
mod table;
mod take;

pub use change::{At, Change, ListedQuery, Source, Whose};
pub use dataset::{DatasetMapping, NameFrom, read_dataset};
pub use gather::{Gathered, Value, gather};
pub use misfit::{Misfit, Misfits};
pub use null::{FLAG as NULL_FLAG, null_parts, null_text};
pub use odm::read_odm;
pub use plan::{Plan, Terms, plan};
pub use reason::{read_reason, write_reason};
pub use table::{Mapped, read_table};
pub use take::Taken;

use theriac_standards::{dataset::DatasetError, odm::OdmError, table::TableError};

/// What a file may tell at most.
pub const CHANGES: usize = 2_000_000;

/// Why data were not taken. No text repeats a value.
#[derive(Debug, thiserror::Error)]
pub enum SourceFault {
    /// The table.
    #[error("{0}")]
    Table(#[from] TableError),
    /// The ODM file.
    #[error("{0}")]
    Odm(#[from] OdmError),
    /// The dataset.
    #[error("{0}")]
    Dataset(#[from] DatasetError),
    /// A column that the mapping names, and the dataset has not.
    #[error("the dataset has no column {0}")]
    ColumnAbsent(String),
    /// More values than are taken at once.
    #[error("more than {CHANGES} values; give them in several files")]
    TooMany,
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
