//! Finds the entry of an identifier, and the identifier at the head of a text.

use super::{
    Ai, Entry, dates, healthcare, identification, internal, logistics, measures, money, process,
    product,
};

const FAMILIES: [&[Entry]; 9] = [
    identification::ENTRIES,
    product::ENTRIES,
    dates::ENTRIES,
    measures::ENTRIES,
    money::ENTRIES,
    logistics::ENTRIES,
    process::ENTRIES,
    healthcare::ENTRIES,
    internal::ENTRIES,
];

/// Where an identifier's entry is: its family and its place there. Families have fewer than 255 entries.
type Place = (u8, u8);
const NOWHERE: Place = (u8::MAX, u8::MAX);

/// By the slot of an identifier.
static PLACES: [Place; 10_000] = places();

/// By the first two digits: how long the identifiers are that start so, or 0.
static LENGTHS: [u8; 100] = lengths();

/// Every entry, family by family.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The entry of an identifier, if the dictionary has one.
pub fn entry(ai: Ai) -> Option<&'static Entry> {
    let (family, index) = PLACES[ai.slot()];
    let entry = FAMILIES.get(usize::from(family))?.get(usize::from(index))?;
    (entry.first.len() == ai.len()).then_some(entry)
}

/// The identifier at the head of `data`, with its entry. The first two digits say how long it is.
pub fn leading(data: &[u8]) -> Option<(Ai, &'static Entry)> {
    let [first, second, ..] = data else {
        return None;
    };
    if !first.is_ascii_digit() || !second.is_ascii_digit() {
        return None;
    }
    let length = LENGTHS[usize::from((first - b'0') * 10 + (second - b'0'))];
    let ai = Ai::from_bytes(data.get(..usize::from(length))?).ok()?;
    Some((ai, entry(ai)?))
}

const fn places() -> [Place; 10_000] {
    let mut places = [NOWHERE; 10_000];
    let mut family = 0;
    while family < FAMILIES.len() {
        let mut index = 0;
        while index < FAMILIES[family].len() {
            let entry = &FAMILIES[family][index];
            let step = [10_000, 1_000, 100, 10, 1][entry.first.len()];
            let mut slot = entry.first.slot();
            while slot <= entry.last.slot() {
                assert!(places[slot].0 == u8::MAX, "an identifier has one entry");
                places[slot] = (family as u8, index as u8);
                slot += step;
            }
            index += 1;
        }
        family += 1;
    }
    places
}

const fn lengths() -> [u8; 100] {
    let mut lengths = [0; 100];
    let mut family = 0;
    while family < FAMILIES.len() {
        let mut index = 0;
        while index < FAMILIES[family].len() {
            let entry = &FAMILIES[family][index];
            let mut prefix = entry.first.slot() / 100;
            while prefix <= entry.last.slot() / 100 {
                let length = entry.first.len() as u8;
                assert!(
                    lengths[prefix] == 0 || lengths[prefix] == length,
                    "two digits decide the length of an identifier"
                );
                lengths[prefix] = length;
                prefix += 1;
            }
            index += 1;
        }
        family += 1;
    }
    lengths
}
