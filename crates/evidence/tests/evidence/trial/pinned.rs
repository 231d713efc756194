//! Bundles in the folder of vectors, which other verifiers read too.

use super::{
    dice::Dice,
    parts::Parts,
    tampering::CHANGES,
    world::{World, judge},
};
use crate::engine::vectors;
use std::fs;
use theriac_evidence::trial::bundle::Selection;

const SEED: u64 = 1;

fn pin(name: &str, bytes: &[u8]) {
    let path = vectors::path(name);
    if std::env::var_os("THERIAC_WRITE_VECTORS").is_some() {
        fs::write(&path, bytes).expect("the directory of vectors can be written");
    }
    let committed = fs::read(&path).unwrap_or_default();
    assert!(committed == bytes, "{name} is not what is made now");
}

#[test]
fn pinned_bundles_are_those_that_are_made_with_the_pinned_reports() {
    let world = World::honest(SEED);
    let regulator = world.regulator();
    let mut changed = Parts::of(&regulator);
    let (_, change) = CHANGES[0];
    change(&world, &mut changed, &mut Dice::new(SEED))
        .expect("the first change is always possible");
    let bundles = [
        ("regulator", regulator),
        ("journal", world.journal()),
        ("public", world.bundle(&Selection::Public)),
        ("participant", world.bundle(&Selection::Participant(1))),
        ("changed", changed.pack()),
    ];
    for (name, bytes) in bundles {
        pin(&format!("trial_{name}.zip"), &bytes);
        let report = judge(&bytes).expect("a bundle that can be looked at");
        let json = serde_json::to_string_pretty(&report).expect("a report is plain") + "\n";
        vectors::pin(&format!("trial_{name}.json"), &json);
        vectors::pin(&format!("trial_{name}.txt"), &report.to_string());
    }
}
