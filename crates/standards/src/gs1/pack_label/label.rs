//! A pack's label, and reading it from every form in which it is found.

use crate::gs1::dictionary::Ai;
use crate::gs1::digital_link::{CANONICAL_STEM, DigitalLink, DigitalLinkError};
use crate::gs1::element_string::{AssociationError, Element, ElementError, ElementString};
use crate::gs1::key::{Expiry, Gtin, KeyError, Lot, Serial, Sgtin};
use crate::gs1::scan::{Envelope, EnvelopeError, IfaPack, Symbology};

/// The four values that are printed on every pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackLabel {
    /// The product, `(01)`.
    pub gtin: Gtin,
    /// The serial number, `(21)`.
    pub serial: Serial,
    /// The lot, `(10)`.
    pub lot: Lot,
    /// The expiry as printed, `(17)`.
    pub expiry: Expiry,
}

/// Why a text is no label of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackLabelError {
    /// One of the four values is missing.
    #[error("({ai}) is missing")]
    Missing {
        /// Its identifier.
        ai: Ai,
    },
    /// A value is faulty.
    #[error("({ai}): {error}")]
    Value {
        /// Its identifier.
        ai: Ai,
        /// What is wrong.
        error: KeyError,
    },
    /// A pharmacy product number that has no trade item number.
    #[error("the pharmacy product number has no trade item number")]
    NoTradeItem,
    /// Two values contradict one another.
    #[error(transparent)]
    Association(#[from] AssociationError),
    /// The elements cannot be read.
    #[error(transparent)]
    Elements(#[from] ElementError),
    /// The web address cannot be read.
    #[error(transparent)]
    DigitalLink(#[from] DigitalLinkError),
    /// The message of ISO/IEC 15434 cannot be read.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}

impl PackLabel {
    /// Reads any of the forms: elements raw, with a symbology identifier or in brackets, a GS1 Digital Link, compressed or not, a message
    /// of ISO/IEC 15434. Further elements are left out. What a badly set scanner typed is repaired by [`crate::gs1::scan::repair`] first.
    ///
    /// # Errors
    /// [`PackLabelError`] when the form cannot be read, or one of the four values is missing, contradicted or faulty.
    pub fn parse(text: &str) -> Result<Self, PackLabelError> {
        let data = Symbology::strip(text).map_or(text, |(_, data)| data);
        if Envelope::starts(data) {
            return match Envelope::parse(data)? {
                Envelope::Elements(elements) => Self::from_elements(&elements),
                Envelope::Pack(pack) => Self::from_ifa(&pack),
            };
        }
        let is_link = ["http://", "https://"].iter().any(|scheme| {
            data.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        });
        if is_link {
            return Self::from_elements(DigitalLink::parse_compressed(data)?.elements());
        }
        let elements = match data.starts_with('(') {
            true => ElementString::parse_bracketed(data)?,
            false => ElementString::parse(data)?,
        };
        Self::from_elements(&elements)
    }

    /// Takes the four values out of elements, in any order; further elements are left out.
    ///
    /// # Errors
    /// [`PackLabelError`] when one of the four is missing, given twice with different data, or faulty.
    pub fn from_elements(elements: &ElementString<'_>) -> Result<Self, PackLabelError> {
        elements.check_repeats()?;
        Ok(Self {
            gtin: value(elements, Ai::GTIN, Gtin::parse)?,
            serial: value(elements, Ai::SERIAL, Serial::parse)?,
            lot: value(elements, Ai::LOT, Lot::parse)?,
            expiry: value(elements, Ai::EXPIRY, Expiry::parse)?,
        })
    }

    /// Takes the four values out of a pack as IFA codes it; a German pharmacy number becomes its trade item number.
    ///
    /// # Errors
    /// [`PackLabelError::NoTradeItem`] when the product number has none.
    pub fn from_ifa(pack: &IfaPack) -> Result<Self, PackLabelError> {
        Ok(Self {
            gtin: pack.product.gtin().ok_or(PackLabelError::NoTradeItem)?,
            serial: pack.serial,
            lot: pack.lot,
            expiry: pack.expiry,
        })
    }

    /// The pack's product and serial number.
    pub fn sgtin(&self) -> Sgtin {
        Sgtin {
            gtin: self.gtin,
            serial: self.serial,
        }
    }

    /// The elements in the order in which packs carry them: those of predefined length first.
    pub fn to_elements(&self) -> ElementString<'static> {
        let pairs = [
            (Ai::GTIN, self.gtin.as_str()),
            (Ai::EXPIRY, self.expiry.as_str()),
            (Ai::LOT, self.lot.as_str()),
            (Ai::SERIAL, self.serial.as_str()),
        ];
        let elements = pairs.map(|(ai, value)| {
            Element::new(ai, value.to_owned()).expect("the dictionary has these four")
        });
        ElementString::new(elements.to_vec()).expect("each value was checked when it was made")
    }

    /// The canonical GS1 Digital Link.
    pub fn to_digital_link(&self) -> DigitalLink {
        DigitalLink::new(CANONICAL_STEM, &self.to_elements())
            .expect("a trade item, its qualifiers and a date make an address")
    }
}

fn value<T>(
    elements: &ElementString<'_>,
    ai: Ai,
    parse: impl Fn(&str) -> Result<T, KeyError>,
) -> Result<T, PackLabelError> {
    let text = elements.value(ai).ok_or(PackLabelError::Missing { ai })?;
    parse(text).map_err(|error| PackLabelError::Value { ai, error })
}
