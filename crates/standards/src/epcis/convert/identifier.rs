//! EPC URNs from and to GS1 Digital Links.

use crate::epcis::hash::canonical_identifier;
use crate::gs1::digital_link::DigitalLink;
use crate::gs1::epc::{Epc, PrefixLength};

/// An EPC URN as a GS1 Digital Link; `None` where `urn` is no EPC URN of a GS1 key.
pub fn to_digital_link(urn: &str) -> Option<String> {
    urn.starts_with("urn:epc:")
        .then(|| canonical_identifier(urn))
        .flatten()
}

/// A GS1 Digital Link as an EPC URN, the company prefix being `prefix_length` digits. What a URN cannot hold (other domains,
/// queries, the lot beside a serial) is dropped. `None` where `link` is no Digital Link of a key that has a URN, or is wrong in
/// its check digit.
pub fn to_epc_urn(link: &str, prefix_length: usize) -> Option<String> {
    let canonical = canonical_identifier(link).filter(|_| !link.starts_with("urn:"))?;
    let parsed = DigitalLink::parse(&canonical).ok()?;
    let epc = Epc::new(parsed.elements(), PrefixLength::new(prefix_length).ok()?);
    let urn = epc.ok()?.to_urn();
    (canonical_identifier(&urn)? == canonical).then_some(urn)
}
