//! A short text of character set 82, kept in place.

use super::KeyError;
use super::fault::as_text;
use crate::gs1::linter::is_cset82;

pub(super) const LONGEST: usize = 20;

/// One to twenty characters of set 82; bytes beyond the length are zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ShortText {
    bytes: [u8; LONGEST],
    length: u8,
}

impl ShortText {
    pub(super) fn parse(text: &str) -> Result<Self, KeyError> {
        if text.is_empty() {
            return Err(KeyError::Empty);
        }
        if text.len() > LONGEST {
            return Err(KeyError::TooLong {
                allowed: LONGEST,
                got: text.len(),
            });
        }
        if let Some(position) = text.bytes().position(|byte| !is_cset82(byte)) {
            return Err(KeyError::Character { position });
        }
        let mut bytes = [0; LONGEST];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self {
            bytes,
            length: text.len() as u8,
        })
    }

    pub(super) fn as_str(&self) -> &str {
        as_text(&self.bytes[..usize::from(self.length)])
    }
}
