//! Why outcomes were not read or compared.

use crate::{
    epcis::{Excerpt, json::JsonError, xml::XmlError},
    table::TableError,
};
use thiserror::Error;

/// Outcomes that were not read or compared.
#[derive(Debug, Error)]
pub enum OutcomesError {
    /// No JSON, or larger or deeper than the limits.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// No XML, or larger or deeper than the limits.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// No table, or larger than the limits.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Something that must be there is not, or is something else.
    #[error("{place}: missing, or not {expected}")]
    Expected {
        /// Where: a JSON Pointer, or an element's path.
        place: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A level that is none.
    #[error("line {line}: {got} is no level, expected primary, secondary or other")]
    Level {
        /// The line, from 1.
        line: u64,
        /// What stands there.
        got: Excerpt,
    },
    /// More outcomes than the limit.
    #[error("more than {0} outcomes")]
    TooMany(usize),
}
