//! Reads a text in which keys are as on a US layout, and undoes what is not about the layout.

use super::missing_separator::{Found, put_back};
use super::{Repair, Symbology};
use crate::gs1::dictionary::Ai;
use crate::gs1::element_string::{ElementError, ElementString, FNC1};
use crate::gs1::linter::is_cset82;

/// How many characters before a symbology identifier a prefix can have.
const LONGEST_PREFIX: usize = 16;

/// A reading of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) symbology: Option<Symbology>,
    pub(super) elements: ElementString<'static>,
    pub(super) repairs: Vec<Repair>,
}

/// Why there is no reading.
pub(super) enum NoCandidate {
    Unreadable(ElementError),
    Ambiguous,
}

/// Reads `text`; with the fewest repairs that make it readable.
pub(super) fn read(text: &str) -> Result<Candidate, NoCandidate> {
    let mut repairs = Vec::new();
    let data = text.trim_end_matches(|letter: char| letter.is_ascii_control() || letter == ' ');
    let characters = text.len() - data.len();
    if characters > 0 {
        repairs.push(Repair::Suffix { characters });
    }
    let (symbology, data) = match split_symbology(data) {
        Some((0, symbology, data)) => (Some(symbology), data),
        Some((characters, symbology, data)) => {
            repairs.push(Repair::Prefix { characters });
            (Some(symbology), data)
        }
        None => (None, data),
    };
    let (elements, repair) = elements(data)?;
    repairs.extend(repair);
    Ok(Candidate {
        symbology,
        elements,
        repairs,
    })
}

/// The symbology identifier of GS1 elements in the first characters, with what stands before and after it.
fn split_symbology(data: &str) -> Option<(usize, Symbology, &str)> {
    let starts = data.char_indices().take(LONGEST_PREFIX + 1);
    let mut found = starts.enumerate().filter_map(|(count, (place, _))| {
        let (symbology, rest) = Symbology::strip(&data[place..])?;
        symbology
            .carries_elements()
            .then_some((count, symbology, rest))
    });
    found.next()
}

fn elements(data: &str) -> Result<(ElementString<'static>, Option<Repair>), NoCandidate> {
    let as_it_is = match parse(data) {
        Ok(elements) => return Ok((elements, None)),
        Err(error) => error,
    };
    if let Some(by) = replacement(data)
        && let Ok(elements) = parse(&data.replace(by, "\u{1d}"))
    {
        return Ok((elements, Some(Repair::SeparatorReplaced { by })));
    }
    match put_back(data) {
        Found::One { elements, count } => Ok((elements, Some(Repair::SeparatorMissing { count }))),
        Found::Several => Err(NoCandidate::Ambiguous),
        Found::None => Err(NoCandidate::Unreadable(as_it_is)),
    }
}

fn parse(data: &str) -> Result<ElementString<'static>, ElementError> {
    let elements = match data.starts_with('(') {
        true => ElementString::parse_bracketed(data),
        false => ElementString::parse(data),
    };
    elements.map(ElementString::into_owned)
}

/// The only character outside set 82, where there is one only and no FNC1.
fn replacement(data: &str) -> Option<char> {
    let mut outside = data
        .chars()
        .filter(|letter| !u8::try_from(*letter).is_ok_and(is_cset82));
    let first = outside.next()?;
    (first != FNC1 && outside.all(|letter| letter == first)).then_some(first)
}

/// Whether a pack's product, serial, lot and expiry are all there.
pub(super) fn is_pack(elements: &ElementString<'_>) -> bool {
    let wanted = [Ai::GTIN, Ai::SERIAL, Ai::LOT, Ai::EXPIRY];
    wanted.iter().all(|ai| elements.value(*ai).is_some())
}
