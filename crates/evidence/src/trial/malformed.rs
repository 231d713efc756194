//! Why bytes are not one of the encodings of a trial.

/// Bytes that are not the encoding that they should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {reason}")]
pub struct Malformed {
    /// The thing or field that was read.
    pub what: &'static str,
    /// What is wrong, with got and expected; never a value.
    pub reason: String,
}

impl Malformed {
    pub(crate) fn new(what: &'static str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { what, reason }
    }

    pub(crate) fn length(what: &'static str, got: usize, expected: impl std::fmt::Display) -> Self {
        Self::new(what, format!("got {got} bytes, expected {expected}"))
    }
}
