//! Reads a scan that came through unharmed: a symbology identifier and data.

use super::Symbology;
use super::symbology::Carries;
use crate::gs1::element_string::{ElementError, ElementString};
use crate::gs1::key::{Gtin, KeyError};

/// A scan taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan<'a> {
    /// What kind of barcode it was.
    pub symbology: Symbology,
    /// What it says.
    pub content: Content<'a>,
}

/// What a barcode says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// Elements.
    Elements(ElementString<'a>),
    /// A trade item, with the elements of a composite component where there is one.
    Item {
        /// The trade item.
        gtin: Gtin,
        /// The composite component.
        composite: Option<ElementString<'a>>,
    },
    /// Text that is not marked as GS1 data; a GS1 Digital Link may be.
    Text(&'a str),
}

/// Why a scan cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// It does not start with a symbology identifier that GS1 uses.
    #[error("no symbology identifier that GS1 uses, such as ]d2")]
    NoSymbology,
    /// The elements cannot be read.
    #[error(transparent)]
    Elements(#[from] ElementError),
    /// The digits are no trade item.
    #[error(transparent)]
    Gtin(#[from] KeyError),
}

const COMPOSITE: &str = "|]e0";

impl<'a> Scan<'a> {
    /// Reads a symbology identifier and the data after it.
    ///
    /// # Errors
    /// [`ScanError`] when there is no identifier, or the data is not what the symbology carries.
    pub fn parse(scanned: &'a str) -> Result<Self, ScanError> {
        let (symbology, data) = Symbology::strip(scanned).ok_or(ScanError::NoSymbology)?;
        let content = match symbology.carries() {
            Carries::Elements => Content::Elements(ElementString::parse(data)?),
            Carries::Gtin13 => item(data, 13)?,
            Carries::Gtin8 => item(data, 8)?,
            Carries::Text => Content::Text(data),
        };
        Ok(Self { symbology, content })
    }

    /// What the scanner would have said.
    pub fn to_scanned(&self) -> String {
        let mut scanned = self.symbology.identifier().to_owned();
        match &self.content {
            Content::Elements(elements) => scanned.push_str(&elements.to_raw()),
            Content::Item { gtin, composite } => {
                let length = match self.symbology.carries() {
                    Carries::Gtin8 => 8,
                    Carries::Gtin13 | Carries::Elements | Carries::Text => 13,
                };
                scanned.push_str(&gtin.as_str()[14 - length..]);
                if let Some(composite) = composite {
                    scanned.push_str(COMPOSITE);
                    scanned.push_str(&composite.to_raw());
                }
            }
            Content::Text(text) => scanned.push_str(text),
        }
        scanned
    }
}

fn item(data: &str, length: usize) -> Result<Content<'_>, ScanError> {
    let (digits, composite) = match data.split_once(COMPOSITE) {
        Some((digits, elements)) => (digits, Some(ElementString::parse(elements)?)),
        None => (data, None),
    };
    if digits.len() != length {
        return Err(KeyError::Length {
            expected: length,
            got: digits.len(),
        }
        .into());
    }
    let gtin = Gtin::parse(digits)?;
    Ok(Content::Item { gtin, composite })
}
