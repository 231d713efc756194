//! The published table of the campaign is what the campaign expects.

use super::{
    dice::Dice,
    parts::Parts,
    script::Wrong,
    tampering::{CHANGES, Expected},
    world::World,
    wrongs::{self, WRONGS},
};
use std::{collections::BTreeSet, fs};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/security-trials.md");
/// Seeds that come by every way in which a class is found.
const SEEDS: u64 = 12;

fn found(expected: &Expected) -> String {
    let place = serde_json::to_value(&expected.place).expect("plain");
    let fields = place.as_object().expect("a place has fields").keys();
    let fields: BTreeSet<_> = fields.map(String::as_str).collect();
    let place = match fields.is_empty() {
        true => "-".to_owned(),
        false => Vec::from_iter(fields).join(", "),
    };
    format!("{:?} `{}` | {place}", expected.claim, expected.code)
}

fn rows(what: &str, found: &BTreeSet<String>) -> Vec<String> {
    let row = |found: &String| format!("| {what} | {found} |");
    found.iter().map(row).collect()
}

#[test]
fn published_table_has_every_class_with_its_claim_code_and_place() {
    let stories: Vec<_> = (0..SEEDS)
        .map(|seed| (seed, Wrong::UnlockedEditedRelocked))
        .chain(WRONGS.map(|(wrong, ..)| (1, wrong)))
        .chain(WRONGS.map(|(wrong, ..)| (3, wrong)))
        .collect();
    let worlds = World::together(&stories);
    let mut expected = Vec::new();
    for (what, change) in CHANGES {
        let ways = (0..SEEDS).filter_map(|seed| {
            let world = &worlds[seed as usize];
            let mut parts = Parts::of(&world.regulator());
            change(world, &mut parts, &mut Dice::new(seed))
        });
        expected.extend(rows(what, &ways.map(|way| found(&way)).collect()));
    }
    for (wrong, what, ..) in WRONGS {
        let of_rule = stories
            .iter()
            .zip(&worlds)
            .filter(|((_, of), _)| *of == wrong);
        let ways = of_rule.filter_map(|(_, world)| wrongs::expected(wrong, world));
        expected.extend(rows(what, &ways.map(|way| found(&way)).collect()));
    }
    let page = fs::read_to_string(PAGE).expect("the page is in the repository");
    let lines: BTreeSet<&str> = page.lines().collect();
    let absent: Vec<_> = expected
        .iter()
        .filter(|row| !lines.contains(row.as_str()))
        .collect();
    assert!(absent.is_empty(), "{PAGE} lacks\n{absent:#?}");
}
