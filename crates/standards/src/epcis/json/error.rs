//! Why a JSON text was refused, and where.

use crate::epcis::excerpt::Excerpt;
use thiserror::Error;

/// A refused text. Line and column count from 1, the column in bytes.
#[derive(Debug, Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct JsonError {
    /// Why.
    pub kind: JsonErrorKind,
    /// The line.
    pub line: u64,
    /// The byte within the line.
    pub column: u64,
}

/// Why a JSON text was refused.
#[derive(Debug, Error)]
pub enum JsonErrorKind {
    /// The source failed.
    #[error("the source failed")]
    Io(#[source] std::io::Error),
    /// The text ends too early.
    #[error("the text ends where {expected} is expected")]
    End {
        /// What was expected.
        expected: &'static str,
    },
    /// Something else stands there.
    #[error("got {got:?}, expected {expected}")]
    Unexpected {
        /// The byte that stands there.
        got: char,
        /// What was expected.
        expected: &'static str,
    },
    /// A text holds a control character that must be escaped.
    #[error("control character {0:#04x} within a text")]
    ControlCharacter(u8),
    /// A backslash is followed by what is no escape, or by half a surrogate pair.
    #[error("a backslash that begins no escape")]
    Escape,
    /// A text is not UTF-8.
    #[error("a text that is not UTF-8")]
    NotUtf8,
    /// Not a number of JSON, or one longer than is kept.
    #[error("{0} is no number, or longer than is kept")]
    Number(Excerpt),
    /// An object names a member twice.
    #[error("member {0} stands twice")]
    Duplicate(Excerpt),
    /// More levels than the limit.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// More bytes than the limit for one event or for the header.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// More values than the limit for one event or for the header.
    #[error("more than {0} values")]
    TooMany(usize),
    /// More events than the limit.
    #[error("more than {0} events")]
    TooManyEvents(u64),
    /// Something follows the end of the text.
    #[error("text after the end")]
    Trailing,
    /// The body is not where EPCIS has it, or stands twice.
    #[error("{0} is out of place")]
    Misplaced(&'static str),
    /// The context defines more than is kept.
    #[error(transparent)]
    TooManyTerms(#[from] super::TooManyTerms),
    /// The context follows the events, so that it was not known when they were read.
    #[error("@context stands after the events; put it before them to stream")]
    ContextAfterEvents,
    /// A member of the document is not of its kind.
    #[error("{member}: got {got}, expected {expected}")]
    Member {
        /// The member.
        member: Excerpt,
        /// What stands there.
        got: &'static str,
        /// What was expected.
        expected: &'static str,
    },
}
