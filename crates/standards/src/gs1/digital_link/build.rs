//! Makes a GS1 Digital Link of elements.

use super::path::allows;
use super::{DigitalLink, DigitalLinkError, parse, query};
use crate::gs1::dictionary::Ai;
use crate::gs1::element_string::{Element, ElementString};

impl DigitalLink {
    /// Makes a Digital Link under `stem`, for instance [`super::CANONICAL_STEM`]. The first element that is a primary key is the key;
    /// repeated elements are left out.
    ///
    /// # Errors
    /// [`DigitalLinkError`] when the stem is no web address, no element is a key, or an element has no place beside that key.
    pub fn new(stem: &str, elements: &ElementString<'_>) -> Result<Self, DigitalLinkError> {
        let stem = stem.strip_suffix('/').unwrap_or(stem);
        require_stem(stem)?;
        let elements = without_repeats(elements)?;
        let key = elements
            .iter()
            .position(|element| element.entry().key.is_some())
            .ok_or(DigitalLinkError::NoKey)?;
        let sequences = elements[key].entry().key.unwrap_or_default();
        let mut refused = None;
        for sequence in sequences.iter().copied().chain([[].as_slice()]) {
            match arrange(stem, &elements, key, sequence) {
                Ok(link) => return Ok(link),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        Err(refused.unwrap_or(DigitalLinkError::NoKey))
    }
}

/// The key, then those elements that are in `sequence`, in its order, then the rest as attributes, those of predefined length first.
fn arrange(
    stem: &str,
    elements: &[Element<'static>],
    key: usize,
    sequence: &[&str],
) -> Result<DigitalLink, DigitalLinkError> {
    let mut path = vec![elements[key].clone()];
    for digits in sequence {
        let mut found = elements.iter();
        path.extend(
            found
                .find(|element| element.ai().as_str() == *digits)
                .cloned(),
        );
    }
    let in_path = path.len();
    let qualifiers: Vec<Ai> = path[1..].iter().map(Element::ai).collect();
    if !allows(path[0].entry(), &qualifiers) {
        return Err(DigitalLinkError::Qualifiers { key: path[0].ai() });
    }
    for element in elements {
        if path.iter().any(|placed| placed.ai() == element.ai()) {
            continue;
        }
        if !element.entry().attribute {
            return Err(DigitalLinkError::NoPlace { ai: element.ai() });
        }
        path.push(element.clone());
    }
    path[in_path..].sort_by_key(|element| !element.entry().predefined);
    query::require_places(&path, in_path)?;
    Ok(DigitalLink {
        stem: stem.to_owned(),
        elements: ElementString::new(path)?,
        in_path,
        others: Vec::new(),
    })
}

fn without_repeats(
    elements: &ElementString<'_>,
) -> Result<Vec<Element<'static>>, DigitalLinkError> {
    let mut kept: Vec<Element<'static>> = Vec::new();
    for element in elements.elements() {
        match kept.iter().find(|other| other.ai() == element.ai()) {
            Some(other) if other == element => {}
            Some(_) => return Err(DigitalLinkError::Repeated { ai: element.ai() }),
            None => kept.push(element.clone().into_owned()),
        }
    }
    Ok(kept)
}

fn require_stem(stem: &str) -> Result<(), DigitalLinkError> {
    parse::split(stem)?;
    match stem.bytes().position(|byte| byte == b'?' || byte == b'#') {
        None => Ok(()),
        Some(position) => Err(DigitalLinkError::Character { position }),
    }
}
