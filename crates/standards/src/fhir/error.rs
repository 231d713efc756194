//! Why a resource is not taken, and where.

use super::{MAX_BYTES, MAX_DEPTH};
use thiserror::Error;

/// A resource that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FhirError {
    /// Larger than [`MAX_BYTES`].
    #[error("got {0} bytes, expected at most {MAX_BYTES}")]
    TooLarge(usize),
    /// Not JSON; line and column count from 1.
    #[error("line {line}, column {column}: not json")]
    NotJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("line {line}: nested deeper than {MAX_DEPTH}")]
    TooDeep {
        /// The line.
        line: usize,
    },
    /// A member stands twice, so that two readers could see two orders.
    #[error("line {line}, column {column}: a member stands twice")]
    MemberTwice {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Something in the resource.
    #[error("{path}: {fault}")]
    At {
        /// As FHIRPath has it: `MedicationRequest.dispenseRequest.quantity`.
        path: String,
        /// What is wrong.
        fault: Fault,
    },
}

/// What is wrong at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// It must be there.
    #[error("missing")]
    Missing,
    /// It is something else.
    #[error("expected {0}")]
    Expected(&'static str),
    /// What it says cannot be honoured.
    #[error("cannot be honoured: {0}")]
    NotHonoured(&'static str),
    /// It refers to what is neither contained nor in the bundle.
    #[error("refers to what is not here")]
    Unresolved,
    /// One of two that exclude each other.
    #[error("stands beside another value of the same element")]
    Ambiguous,
}
