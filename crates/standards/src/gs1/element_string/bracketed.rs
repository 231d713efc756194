//! Reads the form that people read: identifiers in brackets. An opening bracket in data is written `\(`.

use std::borrow::Cow;

use super::parse::require_text;
use super::{Element, ElementError, ElementString, MAX_ELEMENTS};
use crate::gs1::dictionary::{Ai, entry};

impl<'a> ElementString<'a> {
    /// Reads elements in brackets and checks the data of each.
    ///
    /// # Errors
    /// [`ElementError`] at the first place that cannot be read or whose data is faulty.
    pub fn parse_bracketed(text: &'a str) -> Result<Self, ElementError> {
        let elements = Self::split_bracketed(text)?;
        elements.require_faultless()?;
        Ok(elements)
    }

    /// Reads elements in brackets and does not look at their data.
    ///
    /// # Errors
    /// [`ElementError`] when a bracket is missing or an identifier unknown.
    pub fn split_bracketed(text: &'a str) -> Result<Self, ElementError> {
        require_text(text)?;
        let mut elements = Vec::new();
        let mut place = 0;
        while place < text.len() {
            if elements.len() == MAX_ELEMENTS {
                return Err(ElementError::TooManyElements);
            }
            let (element, next) = one(text, place)?;
            elements.push(element);
            place = next;
        }
        if elements.is_empty() {
            return Err(ElementError::Empty);
        }
        Ok(Self { elements })
    }
}

/// The element that starts at `place`, and where the next one does.
fn one(text: &str, place: usize) -> Result<(Element<'_>, usize), ElementError> {
    let Some(inner) = text[place..].strip_prefix('(') else {
        return Err(ElementError::MissingBracket { position: place });
    };
    let Some(length) = inner.find(')') else {
        let position = text.len();
        return Err(ElementError::MissingBracket { position });
    };
    let position = place + 1;
    let unknown = ElementError::UnknownAi { position };
    let ai = Ai::from_bytes(&inner.as_bytes()[..length]).map_err(|_| unknown)?;
    let entry = entry(ai).ok_or(unknown)?;
    let start = position + length + 1;
    let end = end_of_data(&text[start..]) + start;
    let value = unescape(&text[start..end]);
    Ok((Element { ai, entry, value }, end))
}

/// Where the next bracket is that no backslash stands before.
fn end_of_data(text: &str) -> usize {
    let mut brackets = text.match_indices('(');
    brackets
        .find(|(place, _)| !text[..*place].ends_with('\\'))
        .map_or(text.len(), |(place, _)| place)
}

fn unescape(data: &str) -> Cow<'_, str> {
    if data.contains("\\(") {
        return Cow::Owned(data.replace("\\(", "("));
    }
    Cow::Borrowed(data)
}
