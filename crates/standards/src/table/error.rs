//! Why a table was refused, and where.

use crate::epcis::Excerpt;
use thiserror::Error;

/// A refused table. Lines and columns count from 1; a column is a field of the row, 0 where the row as a whole is meant.
#[derive(Debug, Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct TableError {
    /// Why.
    pub kind: TableErrorKind,
    /// The line on which the row begins.
    pub line: u64,
    /// The field.
    pub column: usize,
}

/// Why a table was refused. No text repeats a value: it may be a person's.
#[derive(Debug, Error)]
pub enum TableErrorKind {
    /// The source failed.
    #[error("the source failed")]
    Io(#[source] std::io::Error),
    /// There is no header.
    #[error("no header")]
    Empty,
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// A quote opens a field and none closes it.
    #[error("a quote that is never closed")]
    UnclosedQuote,
    /// A column without a name.
    #[error("a column without a name")]
    Nameless,
    /// The same name as an earlier column.
    #[error("{0} stands twice in the header")]
    Twice(Excerpt),
    /// A column that is not known here.
    #[error("{0} is no column of this table")]
    Unknown(Excerpt),
    /// A column that must be there.
    #[error("column {0} is missing")]
    NoColumn(Excerpt),
    /// A row with more or fewer fields than the header.
    #[error("{got} fields, expected {expected}")]
    Fields {
        /// What is there.
        got: usize,
        /// The header's.
        expected: usize,
    },
    /// A field that must be filled.
    #[error("empty, expected {0}")]
    Blank(&'static str),
    /// A value and a null flavour exclude each other, and one of them must be there.
    #[error("expected either a value or a null flavour")]
    ValueOrNull,
    /// A null flavour that HL7 does not have.
    #[error("no null flavour of HL7")]
    NullFlavour,
    /// Not a date or time of ISO 8601.
    #[error("no date or time of ISO 8601")]
    NotIso,
    /// Something else than is expected there.
    #[error("expected {0}")]
    Expected(&'static str),
    /// More bytes than the limit.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// A row of more bytes than the limit.
    #[error("a row of more than {0} bytes")]
    RowTooLarge(u64),
    /// More columns than the limit.
    #[error("more than {0} columns")]
    TooManyColumns(usize),
    /// More rows than the limit.
    #[error("more than {0} rows")]
    TooManyRows(u64),
}
