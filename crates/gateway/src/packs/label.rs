//! What is printed on a pack, with the tag that follows from it.

use alloy_primitives::B256;
use theriac_contracts::packs;
use theriac_standards::gs1::{
    key::{Expiry, Gtin, KeyError, Lot, Serial},
    pack_label::{PackLabel, PackLabelError},
    scan::{Repair, RepairError, repair},
};

/// The four values of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(PackLabel);

/// A scan that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// What it says.
    pub label: Label,
    /// What had to be undone to read it.
    pub repairs: Vec<Repair>,
}

/// Why a scan cannot be read as a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanFault {
    /// Nothing that is undone makes it readable.
    #[error(transparent)]
    Unreadable(#[from] RepairError),
    /// It is read, and is no pack.
    #[error(transparent)]
    NotAPack(#[from] PackLabelError),
}

impl Label {
    /// The label of these values as printed.
    ///
    /// # Errors
    /// [`KeyError`] of the first that is faulty.
    pub fn new(gtin: &str, serial: &str, lot: &str, expiry: &str) -> Result<Self, KeyError> {
        Ok(Self(PackLabel {
            gtin: Gtin::parse(gtin)?,
            serial: Serial::parse(serial)?,
            lot: Lot::parse(lot)?,
            expiry: Expiry::parse(expiry)?,
        }))
    }

    /// Reads a scan in any form: elements raw, in brackets or with a symbology identifier, a GS1 Digital Link, ISO/IEC 15434; also what a badly
    /// set scanner made of it.
    ///
    /// # Errors
    /// [`ScanFault`].
    pub fn scan(text: &str) -> Result<Scanned, ScanFault> {
        let text = text.trim_matches(['\r', '\n', '\t', ' ']);
        if let Ok(label) = PackLabel::parse(text) {
            return Ok(Scanned {
                label: Self(label),
                repairs: Vec::new(),
            });
        }
        let repaired = repair(text)?;
        Ok(Scanned {
            label: Self(PackLabel::from_elements(&repaired.elements)?),
            repairs: repaired.repairs,
        })
    }

    /// The product: 14 digits.
    pub fn gtin(&self) -> &str {
        self.0.gtin.as_str()
    }

    /// The serial number.
    pub fn serial(&self) -> &str {
        self.0.serial.as_str()
    }

    /// The lot's number.
    pub fn lot(&self) -> &str {
        self.0.lot.as_str()
    }

    /// The expiry as printed.
    pub fn expiry(&self) -> &str {
        self.0.expiry.as_str()
    }

    /// The label as the standards have it.
    pub fn values(&self) -> &PackLabel {
        &self.0
    }

    /// The product's number.
    pub fn gtin_number(&self) -> u64 {
        self.gtin().parse().expect("it is 14 digits")
    }

    /// The pack's tag.
    pub fn tag(&self) -> B256 {
        let label = packs::PackLabel::new(self.gtin(), self.serial(), self.lot(), self.expiry());
        label
            .expect("the standards are stricter than the hash")
            .tag()
    }

    /// The name of the pack in EPCIS: a GS1 Digital Link of product and serial number.
    pub fn epc(&self) -> String {
        format!(
            "https://id.gs1.org/01/{}/21/{}",
            self.gtin(),
            escaped(self.serial())
        )
    }

    /// The elements in brackets, as people read them.
    pub fn bracketed(&self) -> String {
        self.0.to_elements().to_bracketed()
    }

    /// Whether the pack may no longer be used at this time.
    pub fn is_expired(&self, now_ms: u64) -> bool {
        let today = super::clock::day(now_ms);
        let last = self.0.expiry.last_day(today.year);
        (today.year, today.month, today.day) > (last.year, last.month, last.day)
    }
}

/// A text as a segment of a path.
pub(super) fn escaped(text: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let mut escaped = String::new();
    for byte in text.bytes() {
        match safe(byte) {
            true => escaped.push(byte.into()),
            false => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
