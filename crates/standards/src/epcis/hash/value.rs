//! Canonical forms of single values.

use super::{digital_link, epc_urn};
use crate::epcis::{
    model::Prefixes,
    time::Instant,
    vocabulary::{Kind, urn_to_web},
};
use std::{borrow::Cow, fmt::Write};

/// Prefixes that are expanded in values of any syntax.
const PREFIXES: [(&str, &str); 3] = [
    ("gs1:", "https://gs1.org/voc/"),
    ("cbv:", "https://ref.gs1.org/cbv/"),
    ("epcis:", "https://ref.gs1.org/epcis/"),
];

/// A value in general: trimmed, compact URIs expanded, URNs of the vocabulary as web URIs, numbers at their shortest,
/// identifiers as GS1 Digital Links.
pub(super) fn canonical<'a>(text: &'a str, prefixes: &Prefixes) -> Cow<'a, str> {
    let text = text.trim();
    let expanded = expand(text, prefixes);
    if let Some(expanded) = expanded {
        return Cow::Owned(canonical_identifier(&expanded).unwrap_or(expanded));
    }
    let other = urn_to_web(text)
        .or_else(|| shortest_number(text))
        .or_else(|| canonical_identifier(text));
    other.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A value of a vocabulary, whose words may stand bare.
pub(super) fn canonical_term(text: &str, kind: Kind, prefixes: &Prefixes) -> String {
    let text = text.trim();
    match kind.to_web(text) {
        Cow::Owned(web) => web,
        Cow::Borrowed(_) => canonical(text, prefixes).into_owned(),
    }
}

/// A time in UTC to the millisecond; what is no time stays as it is.
pub(super) fn canonical_time(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    Instant::parse(text).map_or(Cow::Borrowed(text), |instant| Cow::Owned(instant.to_text()))
}

/// An identifier as the canonical GS1 Digital Link of its finest level; `None` where it is no GS1 identifier.
pub fn canonical_identifier(text: &str) -> Option<String> {
    if text.starts_with("urn:epc:") {
        return epc_urn::to_digital_link(text);
    }
    digital_link::constrain(text)
}

fn expand(text: &str, prefixes: &Prefixes) -> Option<String> {
    let standard = PREFIXES.iter().find_map(|(prefix, namespace)| {
        let rest = text.strip_prefix(prefix)?;
        Some(format!("{namespace}{rest}"))
    });
    standard.or_else(|| prefixes.expand(text))
}

/// A number without sign, zeros or point that say nothing. Through the nearest double, as the published examples have it:
/// `111100001111000011110000` becomes `111100001111000003641344`.
fn shortest_number(text: &str) -> Option<String> {
    let first = text.bytes().next()?;
    let begins = first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.');
    let plain =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    if !begins || !text.bytes().all(plain) {
        return None;
    }
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    if value.trunc() == value {
        let digits = format!("{value:.0}");
        return Some(if digits == "-0" {
            "0".to_owned()
        } else {
            digits
        });
    }
    if value.abs() >= 1e-4 {
        return Some(value.to_string());
    }
    Some(with_exponent(value))
}

/// `1e-05`: an exponent of at least two digits.
fn with_exponent(value: f64) -> String {
    let plain = format!("{value:e}");
    let (mantissa, exponent) = plain.split_once("e-").unwrap_or((&plain, "0"));
    let mut text = String::from(mantissa);
    let _ = write!(text, "e-{exponent:0>2}");
    text
}
