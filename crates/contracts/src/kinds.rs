//! Sets of kinds of record.

use crate::codes::Kind;

/// A set of kinds of record, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Kinds(pub u32);

impl Kinds {
    /// Every kind there is.
    pub const ALL: Self = Self((1 << Kind::ALL.len()) - 1);

    /// Whether it names only kinds that exist, and at least one.
    pub const fn is_valid(self) -> bool {
        self.0 != 0 && self.0 & !Self::ALL.0 == 0
    }

    /// Whether every kind of `other` is in this one.
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any kind of `other` is in this one.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The words in order of code, joined by `", "`: what an approval is signed over.
    pub fn words(self) -> String {
        let words: Vec<_> = Kind::ALL
            .iter()
            .filter(|kind| self.covers(kind.bit()))
            .map(|kind| kind.word())
            .collect();
        words.join(", ")
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<T: IntoIterator<Item = Kind>>(kinds: T) -> Self {
        Self(kinds.into_iter().fold(0, |mask, kind| mask | kind.bit().0))
    }
}
