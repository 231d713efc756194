//! Why an event could not be read although the text around it could.

use super::{
    excerpt::Excerpt,
    path::{Path, Step},
};
use thiserror::Error;

/// An event that is not built as EPCIS builds one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct EventError {
    /// Why.
    pub kind: EventErrorKind,
    /// Where in the event.
    pub path: Path,
}

/// Why an event could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EventErrorKind {
    /// A value of another kind stands there.
    #[error("got {got}, expected {expected}")]
    Kind {
        /// What stands there.
        got: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// The event does not say its type.
    #[error("an event without a type")]
    NoType,
    /// The type is neither one of the standard nor a URI.
    #[error("{0} is no type of event")]
    UnknownType(Excerpt),
    /// The action is not `ADD`, `OBSERVE` or `DELETE`.
    #[error("{0} is no action")]
    UnknownAction(Excerpt),
    /// Not a number.
    #[error("{0} is no number")]
    NotANumber(Excerpt),
    /// Neither `true` nor `false`.
    #[error("{0} is neither true nor false")]
    NotABoolean(Excerpt),
    /// A closed object or element holds something else.
    #[error("{0} does not belong there")]
    Foreign(Excerpt),
    /// An element stands twice where once is allowed.
    #[error("{0} stands twice")]
    Repeated(Excerpt),
    /// The event's own context defines more than is kept.
    #[error(transparent)]
    TooManyTerms(#[from] super::json::TooManyTerms),
    /// Text and elements are mixed.
    #[error("text between elements")]
    MixedContent,
}

impl From<EventErrorKind> for EventError {
    fn from(kind: EventErrorKind) -> Self {
        Self {
            kind,
            path: Path::event(),
        }
    }
}

/// What reads a part of an event.
pub(crate) type Decoded<T> = Result<T, EventError>;

/// Says of a failed reading where it stood, from the inside outwards.
pub(crate) trait Within {
    /// The failure, one step further in.
    fn within(self, step: impl Into<Step>) -> Self;
}

impl<T> Within for Decoded<T> {
    fn within(self, step: impl Into<Step>) -> Self {
        self.map_err(|mut error| {
            error.path.0.insert(0, step.into());
            error
        })
    }
}
