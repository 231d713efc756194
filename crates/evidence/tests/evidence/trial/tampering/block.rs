//! The block, its certificate, and what stands in its state.

use super::{Expected, expect};
use crate::trial::{chain, dice::Dice, parts::Parts, world::World};
use theriac_evidence::trial::verify::{
    ClaimId::{C1, C2, C5, C6, C11, C13, C14},
    Place,
};

pub(super) fn forge_head(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    parts.manifest.head.root = dice.hash();
    Some(expect(C2, "head-differs", Place::none()))
}

pub(super) fn fork(_: &World, parts: &mut Parts, _: &mut Dice) -> Option<Expected> {
    parts.manifest.block = chain::fork().clone();
    Some(expect(C1, "not-final", Place::none()))
}

pub(super) fn fork_with_certificate(
    _: &World,
    parts: &mut Parts,
    _: &mut Dice,
) -> Option<Expected> {
    let certificate = parts.manifest.block.certificate.clone();
    parts.manifest.block = chain::fork().clone();
    parts.manifest.block.certificate = certificate;
    Some(expect(C1, "certificate-invalid", Place::none()))
}

pub(super) fn certificate(_: &World, parts: &mut Parts, _: &mut Dice) -> Option<Expected> {
    parts.manifest.block.certificate.as_mut()?.view += 1;
    Some(expect(C1, "certificate-invalid", Place::none()))
}

pub(super) fn hide_registrations(
    world: &World,
    parts: &mut Parts,
    _: &mut Dice,
) -> Option<Expected> {
    let (registered, number) = (world.study.registered, world.study.name.number);
    parts.manifest.register.count = match registered > number {
        true => number,
        false => registered + 1,
    };
    Some(expect(C5, "register-differs", Place::none()))
}

pub(super) fn move_milestone(_: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let at = dice.below(7) as usize;
    parts.manifest.milestones[at].height += 1;
    let claim = [C5, C5, C13, C11, C14, C13, C6][at];
    let place = Place::milestone(at as u8 + 1);
    Some(expect(claim, "milestone-differs", place))
}

/// The state holds nothing under the id of another study.
pub(super) fn other_number(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    parts.manifest.study.number = world.study.name.number + 40 + dice.below(9) as u32;
    Some(expect(C2, "head-differs", Place::none()))
}
