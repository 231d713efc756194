//! The query: data attributes, and parameters that mean nothing to GS1.

use super::DigitalLinkError;
use super::path::{Syntax, allows, element, identifier};
use super::percent::Part;
use crate::gs1::dictionary::{Ai, entry};
use crate::gs1::element_string::{Element, ElementError, MAX_ELEMENTS};

/// Appends the data attributes of `query` to the elements of the path; returns the other parameters.
pub(super) fn read(
    query: &str,
    elements: &mut Vec<Element<'static>>,
    syntax: Syntax,
) -> Result<Vec<String>, DigitalLinkError> {
    let mut others = Vec::new();
    let mut position = 0;
    for parameter in query.split(['&', ';']) {
        let here = position;
        position += parameter.len() + 1;
        if parameter.is_empty() {
            continue;
        }
        if elements.len() + others.len() == MAX_ELEMENTS {
            return Err(ElementError::TooManyElements.into());
        }
        let attribute = parameter
            .split_once('=')
            .filter(|(name, _)| is_attribute(name, syntax));
        let Some((name, value)) = attribute else {
            others.push(parameter.to_owned());
            continue;
        };
        let ai = identifier(name, syntax)
            .filter(|ai| entry(*ai).is_some_and(|entry| entry.attribute))
            .ok_or(DigitalLinkError::NotAnAttribute { position: here })?;
        elements.push(element(ai, value, Part::Query, syntax)?);
    }
    Ok(others)
}

/// No identifier stands twice, and none in the query that could stand in the path.
pub(super) fn require_places(
    elements: &[Element<'_>],
    in_path: usize,
) -> Result<(), DigitalLinkError> {
    let (path, attributes) = elements.split_at(in_path);
    let key = path[0].entry();
    let qualifiers: Vec<Ai> = path[1..].iter().map(Element::ai).collect();
    for (index, attribute) in attributes.iter().enumerate() {
        let ai = attribute.ai();
        let earlier = &elements[..in_path + index];
        if earlier.iter().any(|element| element.ai() == ai) {
            return Err(DigitalLinkError::Repeated { ai });
        }
        let fits = (0..=qualifiers.len()).any(|place| {
            let mut with = qualifiers.clone();
            with.insert(place, ai);
            allows(key, &with)
        });
        if fits {
            return Err(DigitalLinkError::BelongsInPath { ai });
        }
    }
    Ok(())
}

/// Names of digits are attributes or mistakes; other names are so where they are known.
fn is_attribute(name: &str, syntax: Syntax) -> bool {
    let digits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    digits || identifier(name, syntax).is_some()
}
