//! An identifier with its data, and a sequence of them.

use std::borrow::Cow;

use super::ElementError;
use crate::gs1::dictionary::{Ai, Entry, entry};

/// An identifier with its data. The data may be faulty where it comes from `split`.
#[derive(Clone, Debug)]
pub struct Element<'a> {
    pub(super) ai: Ai,
    pub(super) entry: &'static Entry,
    pub(super) value: Cow<'a, str>,
}

impl<'a> Element<'a> {
    /// An element of known identifier; its data is not looked at.
    ///
    /// # Errors
    /// [`ElementError::UnknownAi`] when the dictionary has no such identifier.
    pub fn new(ai: Ai, value: impl Into<Cow<'a, str>>) -> Result<Self, ElementError> {
        let entry = entry(ai).ok_or(ElementError::UnknownAi { position: 0 })?;
        Ok(Self {
            ai,
            entry,
            value: value.into(),
        })
    }

    /// The identifier.
    pub fn ai(&self) -> Ai {
        self.ai
    }

    /// The data.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What the dictionary says of the identifier.
    pub fn entry(&self) -> &'static Entry {
        self.entry
    }

    /// The same element with data of its own.
    pub fn into_owned(self) -> Element<'static> {
        Element {
            ai: self.ai,
            entry: self.entry,
            value: Cow::Owned(self.value.into_owned()),
        }
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.ai == other.ai && self.value == other.value
    }
}

impl Eq for Element<'_> {}

/// Elements in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementString<'a> {
    pub(super) elements: Vec<Element<'a>>,
}

impl<'a> ElementString<'a> {
    /// From elements that come from elsewhere, in their order. Their data is checked.
    ///
    /// # Errors
    /// [`ElementError`] when there is none, when there are more than [`super::MAX_ELEMENTS`], or at the first fault of the data.
    pub fn new(elements: Vec<Element<'a>>) -> Result<Self, ElementError> {
        if elements.is_empty() {
            return Err(ElementError::Empty);
        }
        if elements.len() > super::MAX_ELEMENTS {
            return Err(ElementError::TooManyElements);
        }
        let elements = Self { elements };
        elements.require_faultless()?;
        Ok(elements)
    }

    /// The elements.
    pub fn elements(&self) -> &[Element<'a>] {
        &self.elements
    }

    /// The data of the first element with that identifier.
    pub fn value(&self, ai: Ai) -> Option<&str> {
        let element = self.elements.iter().find(|element| element.ai == ai)?;
        Some(element.value())
    }

    /// The same elements with data of their own.
    pub fn into_owned(self) -> ElementString<'static> {
        let elements = self.elements.into_iter();
        ElementString {
            elements: elements.map(Element::into_owned).collect(),
        }
    }
}
