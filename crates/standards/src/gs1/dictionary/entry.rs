//! What the dictionary says of an application identifier, or of a range that differs in the last digit alone.

use super::{Ai, Component};

/// An application identifier or a range of them.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The first identifier of the range.
    pub first: Ai,
    /// The last identifier of the range, the same as `first` where there is one only.
    pub last: Ai,
    /// Whether the length is predefined, so that no separator is needed after the data.
    pub predefined: bool,
    /// Whether it may stand in the query of a GS1 Digital Link.
    pub attribute: bool,
    /// The parts of the data.
    pub components: &'static [Component],
    /// One of these groups must be there too. Patterns; `+` joins those of a group, `n` is any digit. Empty: nothing is asked for.
    pub requires: &'static [&'static str],
    /// None of these may be there, the identifier itself apart. Patterns.
    pub excludes: &'static [&'static str],
    /// Primary key of a GS1 Digital Link: the alternative sequences of qualifiers that may follow it in the path.
    pub key: Option<&'static [&'static [&'static str]]>,
    /// The short data title that is printed, for those that a pharmacy meets.
    pub title: Option<&'static str>,
}

impl Entry {
    /// The most characters of the data.
    pub fn maximum(&self) -> usize {
        self.components.iter().map(|part| part.maximum).sum()
    }

    /// The fewest characters of the data.
    pub fn minimum(&self) -> usize {
        let mandatory = self.components.iter().filter(|part| !part.optional);
        mandatory.map(|part| part.minimum).sum()
    }

    pub(super) const fn attribute(self) -> Self {
        Self {
            attribute: true,
            ..self
        }
    }

    pub(super) const fn predefined(self) -> Self {
        Self {
            predefined: true,
            ..self
        }
    }

    pub(super) const fn requires(self, requires: &'static [&'static str]) -> Self {
        Self { requires, ..self }
    }

    pub(super) const fn excludes(self, excludes: &'static [&'static str]) -> Self {
        Self { excludes, ..self }
    }

    pub(super) const fn key(self, sequences: &'static [&'static [&'static str]]) -> Self {
        Self {
            key: Some(sequences),
            ..self
        }
    }

    pub(super) const fn title(self, title: &'static str) -> Self {
        Self {
            title: Some(title),
            ..self
        }
    }
}

/// A single identifier with its parts; what else holds of it is added.
pub(super) const fn ai(digits: &str, components: &'static [Component]) -> Entry {
    range(digits, digits, components)
}

/// A range of identifiers with their parts.
pub(super) const fn range(first: &str, last: &str, components: &'static [Component]) -> Entry {
    Entry {
        first: Ai::of(first),
        last: Ai::of(last),
        predefined: false,
        attribute: false,
        components,
        requires: &[],
        excludes: &[],
        key: None,
        title: None,
    }
}
