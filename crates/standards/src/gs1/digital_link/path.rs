//! The key in a path, and which qualifiers it may have.

use super::DigitalLinkError;
use super::percent::{Part, decode};
use super::short_names::ai_of;
use crate::gs1::dictionary::{Ai, Entry, entry};
use crate::gs1::element_string::Element;

/// What else than the current syntax is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Identifiers in digits, trade items in 14 digits.
    Current,
    /// Short names for identifiers, and trade items in 8, 12 or 13 digits, as early releases of the standard allowed.
    Early,
}

/// The length of the stem's path, and the key with its qualifiers: the pairs from the right until one is a key.
pub(super) fn split(
    path: &str,
    syntax: Syntax,
) -> Result<(usize, Vec<Element<'static>>), DigitalLinkError> {
    let mut elements = Vec::new();
    let mut rest = path;
    loop {
        let (head, value) = rest.rsplit_once('/').ok_or(DigitalLinkError::NoKey)?;
        let (stem, name) = head.rsplit_once('/').ok_or(DigitalLinkError::NoKey)?;
        let ai = identifier(name, syntax).ok_or(DigitalLinkError::NoKey)?;
        let found = entry(ai).ok_or(DigitalLinkError::NoKey)?;
        elements.push(element(ai, value, Part::Path, syntax)?);
        if found.key.is_some() {
            elements.reverse();
            require_qualifiers(found, &elements)?;
            return Ok((stem.len(), elements));
        }
        rest = stem;
    }
}

/// The identifier that a name in the path or the query is.
pub(super) fn identifier(name: &str, syntax: Syntax) -> Option<Ai> {
    match name.parse() {
        Ok(ai) => Some(ai),
        Err(_) if syntax == Syntax::Early => ai_of(name),
        Err(_) => None,
    }
}

/// The element of an encoded value.
pub(super) fn element(
    ai: Ai,
    value: &str,
    part: Part,
    syntax: Syntax,
) -> Result<Element<'static>, DigitalLinkError> {
    let mut value = decode(value, part).into_owned();
    let short = matches!(value.len(), 8 | 12 | 13);
    if syntax == Syntax::Early && ai == Ai::GTIN && short {
        value = format!("{value:0>14}");
    }
    Ok(Element::new(ai, value)?)
}

/// The elements after the first are qualifiers of it, in their order.
fn require_qualifiers(key: &Entry, elements: &[Element<'_>]) -> Result<(), DigitalLinkError> {
    let qualifiers: Vec<Ai> = elements[1..].iter().map(Element::ai).collect();
    if allows(key, &qualifiers) {
        return Ok(());
    }
    Err(DigitalLinkError::Qualifiers { key: key.first })
}

/// Whether `qualifiers` are part of one of the key's sequences, in its order.
pub(super) fn allows(key: &Entry, qualifiers: &[Ai]) -> bool {
    let sequences = key.key.unwrap_or_default();
    let mut sequences = sequences.iter();
    qualifiers.is_empty() || sequences.any(|sequence| is_part(qualifiers, sequence))
}

fn is_part(qualifiers: &[Ai], sequence: &[&str]) -> bool {
    let mut rest = sequence.iter();
    qualifiers
        .iter()
        .all(|ai| rest.any(|digits| *digits == ai.as_str()))
}
