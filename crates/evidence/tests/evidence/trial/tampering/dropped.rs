//! What is left out, the rest made to fit.

use super::{Expected, drop_entries, expect, since_mark};
use crate::trial::{dice::Dice, parts::Parts, study::of_kind, world::World};
use theriac_evidence::trial::verify::{
    ClaimId::{C2, C3},
    Place,
};

fn a_slot(world: &World, dice: &mut Dice) -> u32 {
    1 + dice.below(world.study.subjects.len() as u64) as u32
}

/// The last subject is missed by its number, another by the gap that it leaves.
fn missing(world: &World, slot: u32) -> Expected {
    let code = match world.study.subjects.len() as u32 == slot {
        true => "subjects-missing",
        false => "slot-gap",
    };
    expect(C3, code, Place::slot(slot))
}

pub(super) fn subject(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let slot = a_slot(world, dice);
    drop_entries(parts, |entry| entry.slot == slot, false)?;
    Some(missing(world, slot))
}

pub(super) fn subject_from_head(
    world: &World,
    parts: &mut Parts,
    dice: &mut Dice,
) -> Option<Expected> {
    let slot = a_slot(world, dice);
    drop_entries(parts, |entry| entry.slot == slot, true)?;
    Some(expect(C2, "head-differs", Place::none()))
}

pub(super) fn record(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let slot = a_slot(world, dice);
    let mut subjects = parts.subjects();
    subjects.retain(|subject| subject.slot != slot);
    parts.set_subjects(&subjects);
    Some(missing(world, slot))
}

fn one(world: &World, (parts, dice): (&mut Parts, &mut Dice), kind: u8) -> Option<Expected> {
    let number = *dice.pick(&of_kind(&world.study, kind));
    let slot = world.study.entries[number as usize].0.slot;
    let subjects = parts.subjects();
    drop_entries(parts, |entry| entry.number == number, false)?;
    // The record stays as it was certified.
    parts.set_subjects(&subjects);
    Some(expect(C2, "subject-entries-missing", Place::slot(slot)))
}

pub(super) fn visit(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    one(world, (parts, dice), 7)
}

pub(super) fn query(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    one(world, (parts, dice), 10)
}

pub(super) fn correction(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    one(world, (parts, dice), 9)
}

/// The first subject is of the second site.
pub(super) fn site(_: &World, parts: &mut Parts, _: &mut Dice) -> Option<Expected> {
    drop_entries(parts, |entry| entry.site == 2, false)?;
    Some(expect(C3, "slot-gap", Place::slot(1)))
}

pub(super) fn last(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let first = world.study.next() - 1 - dice.below(4);
    drop_entries(parts, |entry| entry.number >= first, false)?;
    Some(expect(C2, "entries-missing", Place::entry(first)))
}

pub(super) fn unlock(world: &World, parts: &mut Parts, _: &mut Dice) -> Option<Expected> {
    of_kind(&world.study, 13).first()?;
    let first = drop_entries(parts, |entry| entry.kind == 13, false)?;
    Some(expect(C2, "log-differs", since_mark(parts, first)))
}
