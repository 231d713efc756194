//! Whether a code names the product of a GTIN.

use super::{Coding, Concept};
use crate::gs1::key::Gtin;

/// The code system of GTINs.
pub const GTIN_SYSTEM: &str = "https://www.gs1.org/gtin";
/// The code system of the National Drug Code.
pub const NDC_SYSTEM: &str = "http://hl7.org/fhir/sid/ndc";

/// The ten digits of the National Drug Code in a GTIN: those after 03, which the United States' drugs have.
pub fn ndc(gtin: &Gtin) -> Option<&str> {
    let digits = gtin.as_str();
    (&digits[1..3] == "03").then(|| &digits[3..13])
}

impl Concept {
    /// Whether a code names this product; `None` where no code is of a system in which products have their GTIN.
    pub fn names(&self, gtin: &Gtin) -> Option<bool> {
        let said: Vec<_> = self
            .codings
            .iter()
            .filter_map(|one| one.names(gtin))
            .collect();
        (!said.is_empty()).then(|| said.contains(&true))
    }
}

impl Coding {
    fn names(&self, gtin: &Gtin) -> Option<bool> {
        let code = self.code.as_deref()?;
        match self.system.as_deref()? {
            GTIN_SYSTEM => Some(Gtin::parse(code).is_ok_and(|named| named == *gtin)),
            NDC_SYSTEM => Some(ndc(gtin).is_some_and(|digits| is_ndc(code, digits))),
            _ => None,
        }
    }
}

/// Whether a code is these ten digits: with hyphens or without, or with eleven digits, a zero filling the short one of its three parts.
fn is_ndc(code: &str, ten: &str) -> bool {
    let digits: String = code.chars().filter(|digit| *digit != '-').collect();
    let filled = [0, 5, 9].map(|place| {
        let (head, tail) = ten.split_at(place);
        format!("{head}0{tail}")
    });
    digits == ten || filled.contains(&digits)
}
