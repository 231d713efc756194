//! What is wrong in a definition that can be understood all the same.

use crate::epcis::Excerpt;
use std::fmt;
use thiserror::Error;

/// A place and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where (RFC 6901).
    pub pointer: String,
    /// What.
    pub flaw: Flaw,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.pointer, self.flaw)
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// A reference to an id that no object has.
    #[error("{0} is the id of nothing here")]
    Unresolved(Excerpt),
    /// A reference to an object of another kind.
    #[error("{id} is {got}, expected {expected}")]
    OtherKind {
        /// The id.
        id: Excerpt,
        /// The kind that it has.
        got: Excerpt,
        /// The kind that is meant.
        expected: &'static str,
    },
    /// An endpoint or objective that is yet to be written.
    #[error("a placeholder, to be written before registration")]
    Placeholder,
    /// Not a duration of ISO 8601.
    #[error("not a duration of ISO 8601")]
    Duration,
    /// A scheduled instance without a timing, so that nobody can say when it is due.
    #[error("no timing says when this is due")]
    NoTiming,
    /// A further timing of the same instance, which is not used.
    #[error("an earlier timing of this instance counts")]
    AnotherTiming,
    /// Timings that refer to each other in a circle.
    #[error("the timing refers to itself in a circle")]
    Circle,
    /// A design without a main timeline, or with several.
    #[error("{0} main timelines, expected 1")]
    MainTimelines(usize),
    /// A timeline that would run within itself.
    #[error("the timeline runs within itself")]
    Recursion,
}
