//! A short piece of an input, for messages.

use std::fmt;

const MAX_CHARS: usize = 48;

/// At most 48 characters of an input, control characters escaped.
#[derive(Clone, PartialEq, Eq)]
pub struct Excerpt(String);

impl Excerpt {
    /// The beginning of `text`.
    pub fn new(text: &str) -> Self {
        let mut piece: String = text
            .chars()
            .take(MAX_CHARS)
            .flat_map(char::escape_debug)
            .collect();
        if text.chars().nth(MAX_CHARS).is_some() {
            piece.push('…');
        }
        Self(piece)
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.0)
    }
}
