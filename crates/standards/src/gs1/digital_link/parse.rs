//! Reads a web address as a GS1 Digital Link.

use super::path::{self, Syntax};
use super::{DigitalLink, DigitalLinkError, query};
use crate::gs1::element_string::{ElementString, MAX_BYTES};

/// Beside letters and digits: delimiters, sub-delimiters and unreserved characters of RFC 3986, and the percent sign.
const MARKS: &[u8] = b"-._~:/?#[]@!$&'()*+,;=%\"";

impl DigitalLink {
    /// Reads an address: identifiers in digits, trade items in 14 digits. A fragment is dropped.
    ///
    /// # Errors
    /// [`DigitalLinkError`] at the first thing that is not as the standard has it.
    pub fn parse(uri: &str) -> Result<Self, DigitalLinkError> {
        read(uri, Syntax::Current)
    }

    /// Reads an address as early releases of the standard allowed it: short names for identifiers, trade items in 8, 12 or 13 digits.
    ///
    /// # Errors
    /// [`DigitalLinkError`] at the first thing that is not as the standard had it.
    pub fn parse_early(uri: &str) -> Result<Self, DigitalLinkError> {
        read(uri, Syntax::Early)
    }
}

fn read(uri: &str, syntax: Syntax) -> Result<DigitalLink, DigitalLinkError> {
    let parts = split(uri)?;
    let (stem, mut elements) = path::split(parts.path, syntax)?;
    let in_path = elements.len();
    let others = query::read(parts.query, &mut elements, syntax)?;
    query::require_places(&elements, in_path)?;
    let stem = uri[..uri.len() - parts.after_domain + stem].to_owned();
    Ok(DigitalLink {
        stem,
        elements: ElementString::new(elements)?,
        in_path,
        others,
    })
}

/// An address taken apart; `after_domain` is how many bytes follow the domain.
pub(super) struct Parts<'a> {
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) after_domain: usize,
}

pub(super) fn split(uri: &str) -> Result<Parts<'_>, DigitalLinkError> {
    if uri.len() > MAX_BYTES {
        return Err(DigitalLinkError::TooLong {
            got: uri.len(),
            allowed: MAX_BYTES,
        });
    }
    let wrong = |byte: u8| !byte.is_ascii_alphanumeric() && !MARKS.contains(&byte);
    if let Some(position) = uri.bytes().position(wrong) {
        return Err(DigitalLinkError::Character { position });
    }
    let (scheme, rest) = uri.split_once("://").ok_or(DigitalLinkError::Scheme)?;
    let known = ["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    if !known {
        return Err(DigitalLinkError::Scheme);
    }
    let domain = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (domain, after_domain) = rest.split_at(domain);
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
    if domain.is_empty() || !domain.bytes().all(allowed) {
        return Err(DigitalLinkError::Domain);
    }
    let (address, _fragment) = after_domain.split_once('#').unwrap_or((after_domain, ""));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    Ok(Parts {
        path,
        query,
        after_domain: after_domain.len(),
    })
}
