//! Parameters that match identifiers: `MATCH_epc` and the like.

use super::{
    QueryError,
    clause::{Clause, Match},
    given::{Given, MAX_PATTERNS},
    pattern::{Pattern, canonical},
};
use crate::epcis::{excerpt::Excerpt, model::Field, uri::is_uri};
use std::collections::BTreeSet;

const EPCS: &[Field] = &[Field::EpcList, Field::ChildEpcs];
const INPUTS: &[Field] = &[Field::InputEpcList];
const OUTPUTS: &[Field] = &[Field::OutputEpcList];
const ALL_EPCS: &[Field] = &[
    Field::EpcList,
    Field::ChildEpcs,
    Field::InputEpcList,
    Field::OutputEpcList,
];
const CLASSES: &[Field] = &[Field::QuantityList, Field::ChildQuantityList];
const INPUT_CLASSES: &[Field] = &[Field::InputQuantityList];
const OUTPUT_CLASSES: &[Field] = &[Field::OutputQuantityList];
const ALL_CLASSES: &[Field] = &[
    Field::QuantityList,
    Field::ChildQuantityList,
    Field::InputQuantityList,
    Field::OutputQuantityList,
];

/// The condition of `MATCH_` and `rest`.
pub(super) fn matching(given: &Given, rest: &str) -> Result<Clause, QueryError> {
    let (epcs, parent, classes): (&[Field], bool, &[Field]) = match rest {
        "epc" => (EPCS, false, &[]),
        "parentID" => (&[], true, &[]),
        "inputEPC" => (INPUTS, false, &[]),
        "outputEPC" => (OUTPUTS, false, &[]),
        "anyEPC" => (ALL_EPCS, true, &[]),
        "epcClass" => (&[], false, CLASSES),
        "inputEPCClass" => (&[], false, INPUT_CLASSES),
        "outputEPCClass" => (&[], false, OUTPUT_CLASSES),
        "anyEPCClass" => (&[], false, ALL_CLASSES),
        _ => return Err(QueryError::UnknownParameter(Excerpt::new(&given.name))),
    };
    let texts = given.texts()?;
    if !texts.iter().all(|text| is_uri(text)) {
        return Err(given.refuse("URIs or patterns"));
    }
    let (mut exact, mut patterns) = (BTreeSet::new(), Vec::new());
    for text in &texts {
        match Pattern::read(text) {
            Some(pattern) => patterns.push(pattern),
            None => {
                exact.insert(canonical(text));
            }
        }
    }
    if patterns.len() > MAX_PATTERNS {
        return Err(QueryError::TooLarge {
            limit: MAX_PATTERNS,
            what: "patterns",
        });
    }
    Ok(Clause::Match(Match {
        epcs,
        parent,
        classes,
        exact,
        patterns,
    }))
}
