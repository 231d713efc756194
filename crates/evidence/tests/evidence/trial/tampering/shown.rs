//! What the bundle shows beside the log: names, words, datasets, older blocks.

use super::{Expected, entry, expect};
use crate::trial::{dice::Dice, parts::Parts, world::World};
use theriac_evidence::trial::{
    FIELDS,
    verify::{
        ClaimId::{C6, C7, C10, C14},
        Place,
    },
};

pub(super) fn rename(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut openings = parts.openings();
    let at = dice.below(openings.names.len() as u64) as usize;
    openings.names[at].name = "Dr. Somebody Else".to_owned();
    let entry = openings.names[at].entry;
    parts.set_openings(&openings);
    Some(expect(C10, "name-differs", Place::entry(entry)))
}

fn dataset() -> Place {
    Place {
        dataset: Some("ADEFF".to_owned()),
        ..Place::none()
    }
}

/// A digit of a row is another.
pub(super) fn row(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let rows = parts.file("datasets/ADEFF.ndjson");
    let first = rows.iter().position(|byte| *byte == b'\n')?;
    let digits: Vec<usize> = (first..rows.len())
        .filter(|at| rows[*at].is_ascii_digit())
        .collect();
    let at = *dice.pick(&digits);
    rows[at] = b'0' + (rows[at] - b'0' + 1 + dice.below(9) as u8) % 10;
    Some(expect(C14, "dataset-differs", dataset()))
}

pub(super) fn drop_row(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let rows = parts.file("datasets/ADEFF.lineage.ndjson");
    let count = rows.iter().filter(|byte| **byte == b'\n').count();
    let dropped = dice.below(count as u64) as usize;
    // The file of the rows begins with a line about them.
    for (name, line) in [
        ("datasets/ADEFF.ndjson", dropped + 1),
        ("datasets/ADEFF.lineage.ndjson", dropped),
    ] {
        let content = parts.file(name);
        let lines: Vec<&[u8]> = content.split_inclusive(|byte| *byte == b'\n').collect();
        *content = [lines[..line].concat(), lines[line + 1..].concat()].concat();
    }
    Some(expect(C14, "dataset-differs", dataset()))
}

pub(super) fn switch_words(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut openings = parts.openings();
    let at = dice.below(openings.outcomes.len() as u64) as usize;
    let outcome = &mut openings.outcomes[at];
    let given: Vec<usize> = (0..outcome.fields.len())
        .filter(|field| outcome.fields[*field].is_some())
        .collect();
    let field = *dice.pick(&given);
    outcome.fields[field].as_mut()?.text.push_str(", week 12");
    let place = Place {
        index: Some(outcome.index),
        ..Place::entry(outcome.entry).item(FIELDS[field])
    };
    parts.set_openings(&openings);
    Some(expect(C6, "opening-differs", place))
}

pub(super) fn drop_beacons(world: &World, parts: &mut Parts, _: &mut Dice) -> Option<Expected> {
    let is_old = |entry: &theriac_evidence::trial::Entry| {
        entry.beacon_height > 0 && entry.height - entry.beacon_height > 8_191
    };
    let mut entries = world.study.entries.iter();
    let number = entries.find(|(entry, _)| is_old(entry))?.0.number;
    *parts.file("beacons.json") = b"[]".to_vec();
    Some(expect(C7, "beacon-unproved", entry(&world.study, number)))
}
