//! Why a text is no element string, or data no data of its identifier.

use super::AssociationError;
use crate::gs1::dictionary::Ai;
use crate::gs1::linter::LintFault;

/// Why a text is refused. Positions are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ElementError {
    /// There is nothing.
    #[error("no element")]
    Empty,
    /// The text is too long to come from a barcode.
    #[error("{got} bytes: at most {allowed} are read")]
    TooLong {
        /// Bytes found.
        got: usize,
        /// Bytes that are read.
        allowed: usize,
    },
    /// More elements than are read.
    #[error("too many elements")]
    TooManyElements,
    /// A character that no element can hold.
    #[error("a character outside ASCII at byte {position}")]
    NotAscii {
        /// The byte's place.
        position: usize,
    },
    /// No identifier of the dictionary stands here.
    #[error("no application identifier at byte {position}")]
    UnknownAi {
        /// The byte's place.
        position: usize,
    },
    /// A bracketed text does not have a bracket where one must be.
    #[error("a bracket is missing at byte {position}")]
    MissingBracket {
        /// The byte's place.
        position: usize,
    },
    /// The text ends before the data of an identifier of predefined length does.
    #[error("({ai}) at byte {position}: {expected} characters expected, got {got}")]
    EndsEarly {
        /// The identifier.
        ai: Ai,
        /// The place of the data.
        position: usize,
        /// Characters that the data has.
        expected: usize,
        /// Characters that were left.
        got: usize,
    },
    /// The data of an element is faulty.
    #[error(transparent)]
    Fault(#[from] ElementFault),
    /// The elements do not go together.
    #[error(transparent)]
    Association(#[from] AssociationError),
}

/// What is wrong with the data of an element. Positions are bytes of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ElementFault {
    /// There is no data, or a mandatory part is missing or too short.
    #[error("({ai}) has {got} characters: at least {expected} expected")]
    TooShort {
        /// The identifier.
        ai: Ai,
        /// Characters that the parts so far have at least.
        expected: usize,
        /// Characters found.
        got: usize,
    },
    /// There is more data than the identifier allows.
    #[error("({ai}) has {got} characters: at most {expected} expected")]
    TooLong {
        /// The identifier.
        ai: Ai,
        /// Characters allowed.
        expected: usize,
        /// Characters found.
        got: usize,
    },
    /// The data breaks a rule.
    #[error("({ai}): {fault}")]
    Lint {
        /// The identifier.
        ai: Ai,
        /// The rule, with the place in the data.
        fault: LintFault,
    },
}

impl ElementFault {
    /// The identifier whose data is faulty.
    pub fn ai(&self) -> Ai {
        match self {
            Self::TooShort { ai, .. } | Self::TooLong { ai, .. } | Self::Lint { ai, .. } => *ai,
        }
    }
}
