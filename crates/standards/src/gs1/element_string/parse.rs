//! Reads what a barcode carries.

use std::borrow::Cow;

use super::{Element, ElementError, ElementString};
use crate::gs1::dictionary::leading;

/// How FNC1 is transmitted, where it separates: the ASCII control character GS.
pub const FNC1: char = '\u{1d}';
/// The most bytes that are read; the largest symbol of ISO/IEC 16022 holds 3116 digits.
pub const MAX_BYTES: usize = 4096;
/// The most elements that are read.
pub const MAX_ELEMENTS: usize = 128;

const USUAL_ELEMENTS: usize = 6;

impl<'a> ElementString<'a> {
    /// Reads elements and checks the data of each. FNC1 is [`FNC1`]; one at the start, and one after data of predefined length, is
    /// allowed. Order is free.
    ///
    /// # Errors
    /// [`ElementError`] at the first place that cannot be read or whose data is faulty.
    pub fn parse(raw: &'a str) -> Result<Self, ElementError> {
        let elements = Self::split(raw)?;
        elements.require_faultless()?;
        Ok(elements)
    }

    /// Reads elements and does not look at their data, beyond where it ends.
    ///
    /// # Errors
    /// [`ElementError`] when an identifier is unknown, or data of predefined length is not there in full.
    pub fn split(raw: &'a str) -> Result<Self, ElementError> {
        require_text(raw)?;
        let mut elements = Vec::with_capacity(USUAL_ELEMENTS);
        let mut place = usize::from(raw.starts_with(FNC1));
        while place < raw.len() {
            if elements.len() == MAX_ELEMENTS {
                return Err(ElementError::TooManyElements);
            }
            let (element, next) = one(raw, place)?;
            elements.push(element);
            place = next;
        }
        if elements.is_empty() {
            return Err(ElementError::Empty);
        }
        Ok(Self { elements })
    }
}

/// A text that is short enough and all ASCII, so that each byte is a character.
pub(super) fn require_text(text: &str) -> Result<(), ElementError> {
    if text.len() > MAX_BYTES {
        return Err(ElementError::TooLong {
            got: text.len(),
            allowed: MAX_BYTES,
        });
    }
    if text.is_ascii() {
        return Ok(());
    }
    let position = text.bytes().position(|byte| !byte.is_ascii());
    Err(ElementError::NotAscii {
        position: position.unwrap_or_default(),
    })
}

/// The element that starts at `place`, and where the next one does.
fn one(raw: &str, place: usize) -> Result<(Element<'_>, usize), ElementError> {
    let (ai, entry) =
        leading(&raw.as_bytes()[place..]).ok_or(ElementError::UnknownAi { position: place })?;
    let start = place + ai.as_str().len();
    let rest = &raw[start..];
    let run = rest.find(FNC1).unwrap_or(rest.len());
    let length = if entry.predefined {
        entry.maximum()
    } else {
        run
    };
    if length > run {
        return Err(ElementError::EndsEarly {
            ai,
            position: start,
            expected: length,
            got: run,
        });
    }
    let separator = usize::from(length == run && run < rest.len());
    let element = Element {
        ai,
        entry,
        value: Cow::Borrowed(&rest[..length]),
    };
    Ok((element, start + length + separator))
}
