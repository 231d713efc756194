//! Why a dataset was not read or not written, and where.

use crate::epcis::{Excerpt, json::JsonError};
use std::fmt;
use thiserror::Error;

/// A dataset that cannot be read on.
#[derive(Debug)]
pub struct DatasetError {
    /// Why.
    pub kind: DatasetErrorKind,
    /// The row, from 1; `None` in the header.
    pub row: Option<u64>,
}

impl fmt::Display for DatasetError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(formatter, "row {row}: {}", self.kind),
            None => write!(formatter, "header: {}", self.kind),
        }
    }
}

impl std::error::Error for DatasetError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.kind)
    }
}

/// Why a dataset cannot be read on.
#[derive(Debug, Error)]
pub enum DatasetErrorKind {
    /// The text is no JSON, passes a limit, or its source failed.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// What stands before the rows does not describe a table.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The rows come before the columns, so that they could not be checked as they come.
    #[error("rows stand before columns; put rows last to stream")]
    RowsBeforeColumns,
    /// A row is something else.
    #[error("line {line}: got {got}, expected an array")]
    NotARow {
        /// What stands there.
        got: &'static str,
        /// The line, from 1.
        line: u64,
    },
    /// A row of NDJSON that does not have one line of its own.
    #[error("line {line}: a row that does not have a line of its own")]
    NotOneLine {
        /// The line, from 1.
        line: u64,
    },
    /// More rows than the limit.
    #[error("more than {0} rows")]
    TooManyRows(u64),
}

/// Why what stands around the rows does not describe a table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HeaderError {
    /// The header is something else.
    #[error("got {0}, expected an object")]
    NotAnObject(&'static str),
    /// There are no columns.
    #[error("columns are missing")]
    NoColumns,
    /// The columns are something else, or one of them is.
    #[error("{pointer}: got {got}, expected {expected}")]
    Expected {
        /// Where (RFC 6901).
        pointer: String,
        /// What stands there.
        got: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// More columns than the limit.
    #[error("more than {0} columns")]
    TooManyColumns(usize),
    /// A member stands twice.
    #[error("member {0} stands twice")]
    Twice(Excerpt),
}

/// A dataset that cannot be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The target failed.
    #[error("the target failed")]
    Io(#[from] std::io::Error),
}
