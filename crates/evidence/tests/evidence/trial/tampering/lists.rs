//! Lists of randomisation and what was allocated from them.

use super::{Expected, drop_entries, expect, since_mark};
use crate::trial::{dice::Dice, parts::Parts, study::of_kind, world::World};
use theriac_evidence::trial::verify::{
    ClaimId::{C2, C11, C12},
    Place,
};

/// A kit of a list is exchanged for another; the list has twelve.
pub(super) fn swap_arms(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let list = parts.file("lists/00001.bin");
    let from = dice.below(12);
    let onto = (from + 1 + dice.below(11)) % 12;
    let (from, onto) = (format!("K{from:03}"), format!("K{onto:03}"));
    let at = list.windows(4).position(|bytes| bytes == from.as_bytes())?;
    list[at..at + 4].copy_from_slice(onto.as_bytes());
    Some(expect(C12, "list-differs", Place::list(1)))
}

pub(super) fn swap_allocations(
    world: &World,
    parts: &mut Parts,
    dice: &mut Dice,
) -> Option<Expected> {
    let allocations = of_kind(&world.study, 17);
    let at = dice.below(allocations.len() as u64 - 1) as usize;
    let (first, second) = (allocations[at] as usize, allocations[at + 1] as usize);
    let mut entries = parts.entries();
    let body = entries[first].1.clone();
    entries[first].1 = std::mem::replace(&mut entries[second].1, body);
    parts.forge(entries, false);
    Some(expect(C2, "log-differs", since_mark(parts, first as u64)))
}

pub(super) fn change_secret(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut openings = parts.openings();
    openings.secrets[0].secret = dice.hash();
    parts.set_openings(&openings);
    Some(expect(C12, "secret-differs", Place::list(1)))
}

/// The study as it stood before unblinding cannot be made from this bundle, so the entry is left out and the list stays.
pub(super) fn open_list(_: &World, parts: &mut Parts, _: &mut Dice) -> Option<Expected> {
    drop_entries(parts, |entry| (20..=22).contains(&entry.kind), false)?;
    Some(expect(C11, "opened-in-bundle", Place::list(1)))
}
