//! A part of an element's data: its characters, its length and what it must satisfy.

use crate::gs1::linter::Linter;

/// The characters that a component may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterSet {
    /// `0`-`9`.
    Numeric,
    /// GS1 AI encodable character set 82.
    Cset82,
    /// GS1 AI encodable character set 39.
    Cset39,
    /// GS1 AI encodable character set 64: base64 for web addresses.
    Cset64,
}

/// One part of an element's data, between `minimum` and `maximum` characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its characters.
    pub characters: CharacterSet,
    /// The fewest characters, where it is there.
    pub minimum: usize,
    /// The most characters.
    pub maximum: usize,
    /// Whether it may be left out; then all that follow are left out too.
    pub optional: bool,
    /// What it must satisfy besides, in the order in which it is tried.
    pub linters: &'static [Linter],
}

impl Component {
    const fn new(characters: CharacterSet, minimum: usize, maximum: usize) -> Self {
        Self {
            characters,
            minimum,
            maximum,
            optional: false,
            linters: &[],
        }
    }

    pub(super) const fn optional(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }

    pub(super) const fn lint(self, linters: &'static [Linter]) -> Self {
        Self { linters, ..self }
    }
}

/// Exactly `length` digits.
pub(super) const fn n(length: usize) -> Component {
    Component::new(CharacterSet::Numeric, length, length)
}

/// One to `maximum` digits.
pub(super) const fn n_to(maximum: usize) -> Component {
    Component::new(CharacterSet::Numeric, 1, maximum)
}

/// Exactly `length` characters of set 82.
pub(super) const fn x(length: usize) -> Component {
    Component::new(CharacterSet::Cset82, length, length)
}

/// One to `maximum` characters of set 82.
pub(super) const fn x_to(maximum: usize) -> Component {
    Component::new(CharacterSet::Cset82, 1, maximum)
}

/// One to `maximum` characters of set 39.
pub(super) const fn y_to(maximum: usize) -> Component {
    Component::new(CharacterSet::Cset39, 1, maximum)
}

/// One to `maximum` characters of set 64.
pub(super) const fn z_to(maximum: usize) -> Component {
    Component::new(CharacterSet::Cset64, 1, maximum)
}
