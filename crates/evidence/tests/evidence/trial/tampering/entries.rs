//! Entries and records: changed, moved, signed for another.

use super::{Expected, entry, expect, since_mark};
use crate::trial::{chain, dice::Dice, parts::Parts, study::of_kind, world::World};
use alloy_primitives::keccak256;
use theriac_evidence::trial::{
    Body, Entry,
    verify::{
        ClaimId::{C2, C3, C4, C7, C10},
        Place,
    },
};

/// Changes one entry of a kind and makes the rest fit; the log then shows it.
fn alter(
    world: &World,
    (parts, dice): (&mut Parts, &mut Dice),
    kind: u8,
    change: impl FnOnce(&mut (Entry, Vec<u8>)),
) -> Option<Expected> {
    let number = *dice.pick(&of_kind(&world.study, kind));
    let mut entries = parts.entries();
    change(&mut entries[number as usize]);
    parts.forge(entries, false);
    Some(expect(C2, "log-differs", since_mark(parts, number)))
}

pub(super) fn reason_code(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    alter(world, (parts, dice), 9, |(_, body)| {
        let Body::Corrected(mut corrected) = Body::decode(9, body).expect("our own") else {
            unreachable!()
        };
        corrected.reason_code = if corrected.reason_code == 1 { 2 } else { 1 };
        *body = Body::from(corrected).encode();
    })
}

pub(super) fn observed(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    alter(world, (parts, dice), 7, |(entry, _)| {
        entry.observed_ms = entry.time_ms - 1_234_567
    })
}

pub(super) fn backdated(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    alter(world, (parts, dice), 7, |(entry, _)| {
        entry.height -= 1;
        entry.time_ms = chain::time_ms(entry.height);
    })
}

pub(super) fn order(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut entries = parts.entries();
    let place = 1 + dice.below(entries.len() as u64 - 2);
    let and_head = dice.one_in(2);
    entries.swap(place as usize, place as usize + 1);
    parts.forge(entries, and_head);
    Some(match and_head {
        true => expect(C2, "head-differs", Place::none()),
        false => expect(C2, "log-differs", since_mark(parts, place)),
    })
}

pub(super) fn duplicate_slot(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut subjects = parts.subjects();
    let at = 1 + dice.below(subjects.len() as u64 - 1) as usize;
    let expected = subjects[at].slot;
    subjects[at].slot = 1 + dice.below(at as u64) as u32;
    parts.set_subjects(&subjects);
    Some(expect(C3, "slot-gap", Place::slot(expected)))
}

pub(super) fn change_record(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut subjects = parts.subjects();
    let at = dice.below(subjects.len() as u64) as usize;
    subjects[at].items += 1;
    let slot = subjects[at].slot;
    parts.set_subjects(&subjects);
    Some(expect(C4, "items-differ", Place::slot(slot)))
}

/// The signature of one subject is put under another.
pub(super) fn splice(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let signatures = of_kind(&world.study, 11);
    let mut entries = parts.entries();
    let slot = |number: u64| world.study.entries[number as usize].0.slot;
    let from = *dice.pick(&signatures);
    let others: Vec<u64> = signatures
        .into_iter()
        .filter(|number| slot(*number) != slot(from))
        .collect();
    let onto = *dice.pick(&others);
    entries[onto as usize].1 = entries[from as usize].1.clone();
    parts.forge(entries, false);
    Some(expect(C10, "not-signed", entry(&world.study, onto)))
}

pub(super) fn switch_outcome(
    world: &World,
    parts: &mut Parts,
    dice: &mut Dice,
) -> Option<Expected> {
    alter(world, (parts, dice), 1, |(_, body)| {
        let Body::Registered(mut registered) = Body::decode(1, body).expect("our own") else {
            unreachable!()
        };
        registered.outcomes.swap(0, 1);
        registered.outcomes[0].level = 1;
        registered.outcomes[1].level = 2;
        *body = Body::from(registered).encode();
    })
}

pub(super) fn other_beacon(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let number = *dice.pick(&of_kind(&world.study, 7));
    let height = world.study.entries[number as usize].0.height;
    let mut entries = parts.entries();
    (
        entries[number as usize].0.beacon_height,
        entries[number as usize].0.beacon_hash,
    ) = (height, keccak256("none"));
    parts.forge(entries, false);
    Some(expect(C7, "beacon-ahead", entry(&world.study, number)))
}
