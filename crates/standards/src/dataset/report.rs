//! What breaks the standard in a dataset that was read all the same.

use super::column::DataType;
use std::fmt;
use thiserror::Error;

/// Where a problem stands. Rows and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A member outside the columns.
    Header(&'static str),
    /// The description of a column.
    Column {
        /// Which.
        column: usize,
        /// Its name, where it has one.
        name: String,
    },
    /// A row as a whole.
    Row(u64),
    /// A value.
    Cell {
        /// The row.
        row: u64,
        /// The column.
        column: usize,
        /// The column's name.
        name: String,
    },
    /// The dataset as a whole.
    Dataset,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(member) => write!(formatter, "{member}"),
            Self::Column { column, name } => write!(formatter, "column {column} ({name})"),
            Self::Row(row) => write!(formatter, "row {row}"),
            Self::Cell { row, column, name } => {
                write!(formatter, "row {row}, column {column} ({name})")
            }
            Self::Dataset => formatter.write_str("dataset"),
        }
    }
}

/// What is broken. No text says the value: it may be a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Rule {
    /// A member that must be there is not.
    #[error("missing")]
    Missing,
    /// A member is of another kind.
    #[error("got {got}, expected {expected}")]
    Kind {
        /// What stands there.
        got: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// The version is not 1.1 or a release of it.
    #[error("not a version that begins with 1.1")]
    Version,
    /// A time of the header is not as the schema has it.
    #[error("not a date and time with seconds, as in 2026-01-31T09:30:00Z")]
    HeaderTime,
    /// A column's `itemOID` or `name` is that of an earlier one.
    #[error("the same {0} as an earlier column")]
    Twice(&'static str),
    /// A `dataType` that the standard does not have; the column's values are not checked.
    #[error("a dataType that the standard does not have")]
    DataType,
    /// A `targetDataType` that the standard does not have, or not for this `dataType`.
    #[error("a targetDataType that does not go with the dataType")]
    TargetDataType,
    /// The key columns are not numbered 1, 2, 3 and so on.
    #[error("keySequence is not dense from 1")]
    KeySequence,
    /// `records` is not the number of rows.
    #[error("records says {declared}, and there are {counted} rows")]
    Records {
        /// What the header says.
        declared: u64,
        /// What is there.
        counted: u64,
    },
    /// A row has more or fewer values than there are columns.
    #[error("{got} values for {expected} columns")]
    RowLength {
        /// What is there.
        got: usize,
        /// The columns.
        expected: usize,
    },
    /// A value of another kind than the column has.
    #[error("got {got}, expected {expected}")]
    Value {
        /// What stands there.
        got: &'static str,
        /// What the column has.
        expected: DataType,
    },
    /// A number with a fraction or exponent in a column of integers.
    #[error("not a whole number")]
    NotWhole,
    /// A text in a column of decimals that is no decimal.
    #[error("not a decimal")]
    NotDecimal,
    /// Not ISO 8601 in the column's kind.
    #[error("not {0} of ISO 8601")]
    NotIso(DataType),
    /// White space in a column of addresses.
    #[error("not an address")]
    NotAnAddress,
    /// A partial date where the target is a number, which needs a whole one.
    #[error("a partial date, and targetDataType integer needs a whole one")]
    Partial,
    /// Longer than the column's `length`.
    #[error("{got} characters, and length is {length}")]
    TooLong {
        /// Its characters.
        got: u64,
        /// What the column says.
        length: u64,
    },
}

/// A place and what is broken there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub rule: Rule,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.rule)
    }
}

/// The problems of a dataset: the first ones, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The first problems, in the order of the dataset.
    pub problems: Vec<Problem>,
    /// All problems, also those that were not kept.
    pub count: u64,
}

impl Report {
    /// Whether the dataset keeps the standard.
    pub fn is_clean(&self) -> bool {
        self.count == 0
    }

    pub(super) fn push(&mut self, most: usize, place: Place, rule: Rule) {
        self.count += 1;
        if self.problems.len() < most {
            self.problems.push(Problem { place, rule });
        }
    }
}
