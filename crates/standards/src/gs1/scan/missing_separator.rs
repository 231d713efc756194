//! Puts FNC1 back between the elements of a pack, where there is one way only.
//!
//! In general a text without separators has many readings. That of a medicine pack has few: product, serial, lot and expiry are each
//! there once, with production date and national numbers beside them at most. All readings of that kind are looked for.

use super::candidate::is_pack;
use crate::gs1::dictionary::{Entry, leading};
use crate::gs1::element_string::{Element, ElementString, FNC1};

/// The identifiers that a pack has, and those that it may have.
const ON_PACKS: [&str; 13] = [
    "01", "10", "17", "21", "11", "710", "711", "712", "713", "714", "715", "716", "717",
];
const LONGEST: usize = 200;
/// Steps after which the search gives up and counts as ambiguous.
const PATIENCE: usize = 2_000;

/// What was found.
pub(super) enum Found {
    None,
    One {
        elements: ElementString<'static>,
        count: usize,
    },
    Several,
}

/// Looks for the readings of `data`, whose own separators stay.
pub(super) fn put_back(data: &str) -> Found {
    if data.len() > LONGEST || !data.is_ascii() {
        return Found::None;
    }
    let mut search = Search {
        data,
        path: Vec::new(),
        found: Vec::new(),
        patience: PATIENCE,
    };
    search.from(usize::from(data.starts_with(FNC1)));
    if search.patience == 0 {
        return Found::Several;
    }
    let separators = data.matches(FNC1).count();
    match search.found.as_slice() {
        [] => Found::None,
        [elements] => Found::One {
            elements: elements.clone(),
            count: elements
                .to_raw()
                .matches(FNC1)
                .count()
                .saturating_sub(separators),
        },
        _ => Found::Several,
    }
}

struct Search<'a> {
    data: &'a str,
    path: Vec<Element<'a>>,
    found: Vec<ElementString<'static>>,
    patience: usize,
}

impl<'a> Search<'a> {
    /// Tries every element that can start at `place`; two readings are enough to know that there is more than one.
    fn from(&mut self, place: usize) {
        if self.patience == 0 || self.found.len() > 1 {
            return;
        }
        self.patience -= 1;
        if place == self.data.len() {
            self.keep();
            return;
        }
        let Some((ai, entry)) = leading(&self.data.as_bytes()[place..]) else {
            return;
        };
        let known = ON_PACKS.contains(&ai.as_str());
        if !known || self.path.iter().any(|element| element.ai() == ai) {
            return;
        }
        let start = place + ai.as_str().len();
        let rest = &self.data[start..];
        let run = rest.find(FNC1).unwrap_or(rest.len());
        for length in lengths(entry, run) {
            let Ok(element) = Element::new(ai, &rest[..length]) else {
                return;
            };
            if element.check().is_err() {
                continue;
            }
            let separator = usize::from(rest[length..].starts_with(FNC1));
            self.path.push(element);
            self.from(start + length + separator);
            self.path.pop();
        }
    }

    fn keep(&mut self) {
        if let Ok(elements) = ElementString::new(self.path.clone())
            && is_pack(&elements)
        {
            self.found.push(elements.into_owned());
        }
    }
}

/// How long the data of an identifier can be, of which `run` characters are there before the next separator.
fn lengths(entry: &Entry, run: usize) -> std::ops::RangeInclusive<usize> {
    entry.minimum()..=run.min(entry.maximum())
}

#[cfg(test)]
mod tests {
    use super::ON_PACKS;
    use crate::gs1::dictionary::{Ai, entry};

    #[test]
    fn every_identifier_on_packs_is_in_the_dictionary() {
        for digits in ON_PACKS {
            assert!(entry(Ai::of(digits)).is_some());
        }
    }
}
