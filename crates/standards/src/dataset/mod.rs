//! CDISC Dataset-JSON 1.1: tables of a study as `.json`, `.ndjson` or compressed `.dsjc`, read and written row by row.
//!
//! Nothing is lost: members that the standard does not know are kept, members keep their order, and a number keeps the text that
//! it was written with. What breaks the standard without making the table unreadable is told in a [`Report`], since published
//! datasets break it: the caller decides what to accept.

mod check;
mod column;
mod csv;
pub(crate) mod date;
mod error;
mod form;
mod header;
mod inflate;
mod limits;
mod read;
mod report;
mod whole;
mod write;

pub use self::csv::{CsvError, CsvWriter, read_csv};
pub use crate::epcis::{Number, json::Json};
pub use check::Checker;
pub use column::{Column, DataType, TargetType};
pub use error::{DatasetError, DatasetErrorKind, HeaderError, WriteError};
pub use form::Form;
pub use header::{Header, HeaderFields};
pub use limits::Limits;
pub use read::{Reader, Row};
pub use report::{Place, Problem, Report, Rule};
pub use whole::Dataset;
pub use write::Writer;
