//! Why a study's definition is not taken, and where.

use crate::epcis::{Excerpt, json::JsonError};
use thiserror::Error;

/// A definition that is not taken.
#[derive(Debug, Error)]
pub enum UsdmError {
    /// No JSON, or larger or deeper than the limits.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Something at a place.
    #[error("{pointer}: {fault}")]
    At {
        /// Where (RFC 6901).
        pointer: String,
        /// What.
        fault: Fault,
    },
}

/// What is wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// It must be there.
    #[error("missing")]
    Missing,
    /// It is something else.
    #[error("got {got}, expected {expected}")]
    Expected {
        /// What stands there.
        got: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// Another version of USDM.
    #[error("got version {0}, expected 4")]
    Version(Excerpt),
    /// The same id as an earlier object, so that a reference could mean either.
    #[error("id {id} is also that of {first}")]
    IdTwice {
        /// The id.
        id: Excerpt,
        /// Where it stood before.
        first: String,
    },
    /// A kind of study design that USDM 4 does not have.
    #[error("{0} is no study design")]
    Design(Excerpt),
    /// More scheduled instances than the limit.
    #[error("more than {0} scheduled instances in a timeline")]
    TooManyInstances(usize),
    /// More cells than the limit.
    #[error("the schedule makes more than {0} cells")]
    TooManyCells(usize),
}
