//! Patterns of identifiers.

use crate::epcis::{convert::to_epc_urn, hash::canonical_identifier};

/// What an identifier must look like.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    /// Of this class or key, canonical, whatever follows.
    StartsWith(String),
    /// Part by part as an EPC pattern URN says: scheme, then parts, `*` for any.
    Parts(String, Vec<String>),
}

impl Pattern {
    /// The pattern of a text; `None` where it is an identifier that stands for itself.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("urn:epc:idpat:") {
            let (scheme, body) = rest.split_once(':')?;
            let parts = body.split('.').map(str::to_owned).collect();
            return Some(Self::Parts(scheme.to_owned(), parts));
        }
        let start = text.strip_suffix("/*")?;
        Some(Self::StartsWith(format!("{}/", canonical(start))))
    }

    /// Whether an identifier, as written and canonical, is what the pattern asks.
    pub(super) fn matches(&self, identifier: &str, canonical: &str) -> bool {
        match self {
            Self::StartsWith(start) => canonical.starts_with(start.as_str()),
            Self::Parts(scheme, parts) => matches_parts(scheme, parts, identifier),
        }
    }
}

/// An identifier in its canonical form, or as it is.
pub(super) fn canonical(text: &str) -> String {
    canonical_identifier(text).unwrap_or_else(|| text.to_owned())
}

fn matches_parts(scheme: &str, parts: &[String], identifier: &str) -> bool {
    let company = parts.first().map_or("", String::as_str);
    let length = if company == "*" { 7 } else { company.len() };
    let urn = match identifier.strip_prefix("urn:epc:") {
        Some(_) => Some(identifier.to_owned()),
        None => to_epc_urn(identifier, length),
    };
    let Some(urn) = urn else { return false };
    let rest = ["urn:epc:id:", "urn:epc:class:", "urn:epc:idpat:"]
        .into_iter()
        .find_map(|start| urn.strip_prefix(start));
    let Some((found, body)) = rest.and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    // A serial may hold dots, so all that follows the last part of the pattern belongs to it.
    let body: Vec<&str> = body.splitn(parts.len(), '.').collect();
    let same = |(pattern, part): (&String, &&str)| pattern == "*" || pattern == part;
    found == scheme && body.len() == parts.len() && parts.iter().zip(&body).all(same)
}
