//! Messages of ISO/IEC 15434: GS1 elements in format 05, data identifiers in format 06 as German packs have them.
//!
//! ```text
//! [)> RS 05 GS 0107612345678900... RS EOT
//! [)> RS 06 GS 9N<PPN> GS 1T<lot> GS D<expiry> GS S<serial> RS EOT
//! ```

use crate::gs1::element_string::{ElementError, ElementString, FNC1, MAX_BYTES};
use crate::gs1::key::{Expiry, Gtin, KeyError, Lot, Ppn, Serial};

const HEADER: &str = "[)>\u{1e}";
const RECORD_END: char = '\u{1e}';
const MESSAGE_END: char = '\u{4}';

/// What a message holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Envelope<'a> {
    /// Format 05: GS1 elements.
    Elements(ElementString<'a>),
    /// Format 06: the data of a pack by data identifiers; those of other meaning are left out.
    Pack(IfaPack),
}

/// A pack as IFA codes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfaPack {
    /// `9N`, or `8P` for a trade item number.
    pub product: IfaProduct,
    /// `S`.
    pub serial: Serial,
    /// `1T`.
    pub lot: Lot,
    /// `D`, as `YYMMDD`.
    pub expiry: Expiry,
}

/// The product of a pack as IFA codes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfaProduct {
    /// A pharmacy product number.
    Ppn(Ppn),
    /// A trade item number.
    Gtin(Gtin),
}

impl IfaProduct {
    /// The trade item number; `None` for a pharmacy product number that has none.
    pub fn gtin(&self) -> Option<Gtin> {
        match self {
            Self::Ppn(ppn) => ppn.ntin(),
            Self::Gtin(gtin) => Some(*gtin),
        }
    }
}

/// Why a message cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// No message of format 05 or 06.
    #[error("no message of format 05 or 06")]
    Format,
    /// The same identifier twice with different data.
    #[error("data identifier {identifier} is given twice")]
    Repeated {
        /// The identifier.
        identifier: &'static str,
    },
    /// Product, serial, lot or expiry is missing.
    #[error("data identifier {identifier} is missing")]
    Missing {
        /// The identifier.
        identifier: &'static str,
    },
    /// The data of an identifier is faulty.
    #[error("data identifier {identifier}: {error}")]
    Data {
        /// The identifier.
        identifier: &'static str,
        /// What is wrong.
        error: KeyError,
    },
    /// The elements cannot be read.
    #[error(transparent)]
    Elements(#[from] ElementError),
}

impl<'a> Envelope<'a> {
    /// Whether `text` starts as a message does.
    pub fn starts(text: &str) -> bool {
        text.starts_with(HEADER)
    }

    /// Reads a message of one record.
    ///
    /// # Errors
    /// [`EnvelopeError`] when it is none, or its data is incomplete or faulty.
    pub fn parse(text: &'a str) -> Result<Self, EnvelopeError> {
        let message = text.strip_prefix(HEADER).ok_or(EnvelopeError::Format)?;
        if message.len() > MAX_BYTES {
            return Err(EnvelopeError::Format);
        }
        let message = message.strip_suffix(MESSAGE_END).unwrap_or(message);
        let record = message.strip_suffix(RECORD_END).unwrap_or(message);
        let (format, data) = record.split_once(FNC1).ok_or(EnvelopeError::Format)?;
        match format {
            "05" => Ok(Self::Elements(ElementString::parse(data)?)),
            "06" => Ok(Self::Pack(pack(data)?)),
            _ => Err(EnvelopeError::Format),
        }
    }
}

fn pack(data: &str) -> Result<IfaPack, EnvelopeError> {
    let ppn = field(data, "9N", Ppn::parse)?.map(IfaProduct::Ppn);
    let gtin = field(data, "8P", Gtin::parse)?.map(IfaProduct::Gtin);
    let missing = |identifier| EnvelopeError::Missing { identifier };
    Ok(IfaPack {
        product: ppn.or(gtin).ok_or(missing("9N"))?,
        serial: field(data, "S", Serial::parse)?.ok_or(missing("S"))?,
        lot: field(data, "1T", Lot::parse)?.ok_or(missing("1T"))?,
        expiry: field(data, "D", Expiry::parse)?.ok_or(missing("D"))?,
    })
}

/// The field of an identifier; the same value may stand there twice.
fn field<T: PartialEq>(
    data: &str,
    identifier: &'static str,
    parse: impl Fn(&str) -> Result<T, KeyError>,
) -> Result<Option<T>, EnvelopeError> {
    let mut found = None;
    for text in data
        .split(FNC1)
        .filter_map(|field| field.strip_prefix(identifier))
    {
        let value = parse(text).map_err(|error| EnvelopeError::Data { identifier, error })?;
        if found.as_ref().is_some_and(|earlier| *earlier != value) {
            return Err(EnvelopeError::Repeated { identifier });
        }
        found = Some(value);
    }
    Ok(found)
}
