//! The log as the book mirrors it.

use super::{Expected, flip, pick};
use crate::{
    stored::scene::Scene,
    support::{Dice, Operator},
};
use alloy_primitives::B256;
use rusqlite::params;
use sha2::{Digest as _, Sha256};
use theriac_evidence::trial::Entry;

/// An entry with its body.
fn an_entry(operator: &Operator, dice: &mut Dice) -> (Entry, Vec<u8>) {
    let (entry, body) = pick(operator, dice, "SELECT entry, body FROM entries");
    (Entry::decode(&entry).unwrap(), body)
}

fn put(operator: &Operator, number: u64, (entry, body): (&[u8], &[u8])) {
    let update = "UPDATE entries SET entry = ?1, body = ?2 WHERE number = ?3";
    let values = params![entry, body, number.cast_signed()];
    assert_eq!(operator.execute(update, values), 1);
}

pub(super) fn entry(scene: &Scene, dice: &mut Dice) -> Expected {
    let (entry, body) = an_entry(&scene.sponsor, dice);
    let mut bytes = entry.encode();
    flip(dice, &mut bytes);
    put(&scene.sponsor, entry.number, (&bytes, &body));
    Expected::entry(entry.number)
}

pub(super) fn body(scene: &Scene, dice: &mut Dice) -> Expected {
    let (entry, mut body) = an_entry(&scene.sponsor, dice);
    flip(dice, &mut body);
    put(&scene.sponsor, entry.number, (&entry.encode(), &body));
    Expected::entry(entry.number)
}

/// The entry names the altered body, and claims another time.
pub(super) fn both(scene: &Scene, dice: &mut Dice) -> Expected {
    let (mut entry, mut body) = an_entry(&scene.sponsor, dice);
    flip(dice, &mut body);
    entry.body = B256::from_slice(&Sha256::digest(&body));
    entry.observed_ms = entry.time_ms - 1 - dice.below(1_000_000);
    put(&scene.sponsor, entry.number, (&entry.encode(), &body));
    Expected::entry(entry.number)
}

pub(super) fn deleted(scene: &Scene, dice: &mut Dice) -> Expected {
    let (entry, _) = an_entry(&scene.sponsor, dice);
    let number = entry.number.cast_signed();
    let delete = "DELETE FROM entries WHERE number = ?1";
    assert_eq!(scene.sponsor.execute(delete, [number]), 1);
    Expected::entry(entry.number)
}

/// One more at the end, like one that is there.
pub(super) fn invented(scene: &Scene, dice: &mut Dice) -> Expected {
    let (mut entry, body) = an_entry(&scene.sponsor, dice);
    entry.number = scene.sponsor.entries();
    let insert =
        "INSERT INTO entries (number, slot, kind, entry, body) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (number, bytes) = (entry.number.cast_signed(), entry.encode());
    let values = params![number, entry.slot, entry.kind, bytes, body];
    assert_eq!(scene.sponsor.execute(insert, values), 1);
    Expected::entry(entry.number)
}

/// Who looks for corrections does not find it.
pub(super) fn hidden(scene: &Scene, dice: &mut Dice) -> Expected {
    let (entry, _) = an_entry(&scene.sponsor, dice);
    let update = "UPDATE entries SET kind = 99 WHERE number = ?1";
    let number = entry.number.cast_signed();
    assert_eq!(scene.sponsor.execute(update, [number]), 1);
    Expected::entry(entry.number)
}
