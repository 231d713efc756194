//! A batch or lot of a trade item.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::KeyError;
use super::text::ShortText;

/// One to twenty characters of GS1 AI encodable character set 82. Capitals and small letters differ. The order is that of the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lot(ShortText);

impl Lot {
    /// Reads one to twenty characters.
    ///
    /// # Errors
    /// [`KeyError`] when there are none or too many, or one is outside the set.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        ShortText::parse(text).map(Self)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl PartialOrd for Lot {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Lot {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl FromStr for Lot {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl fmt::Display for Lot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Lot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Lot({self})")
    }
}
