//! Values of forms, their reasons and their nulls.

use super::{Expected, expect, since_mark};
use crate::trial::{dice::Dice, parts::Parts, study::Study, world::World};
use alloy_primitives::B256;
use theriac_evidence::trial::{
    Body, ItemKind, Opening, PlainItem,
    body::Captured,
    verify::{
        ClaimId::{C2, C4},
        Place,
    },
};

fn whole(opening: &mut Opening) -> (&mut B256, &mut Vec<PlainItem>) {
    match opening {
        Opening::Whole { secret, items } => (secret, items),
        Opening::Chosen(_) => panic!("a regulator gets forms whole"),
    }
}

fn cell(study: &Study, number: u64) -> u32 {
    let (entry, body) = &study.entries[number as usize];
    match Body::decode(entry.kind, body).expect("our own") {
        Body::Captured(body) => body.cell,
        Body::Corrected(body) => body.cell,
        other => panic!("{other:?} has no values"),
    }
}

/// A form of an entry.
fn form(world: &World, number: u64) -> Place {
    super::entry(&world.study, number).cell(cell(&world.study, number))
}

pub(super) fn value(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut forms = parts.forms();
    let at = dice.below(forms.len() as u64) as usize;
    let (number, opening) = &mut forms[at];
    let (_, items) = whole(opening);
    let item = dice.below(items.len() as u64) as usize;
    items[item].value.push('1');
    let place = form(world, *number);
    parts.set_forms(&forms);
    Some(expect(C2, "values-differ", place))
}

/// Changes a value of a capture on which no correction hangs, and makes anew all that follows from it.
fn rebuilt(world: &World, parts: &mut Parts, dice: &mut Dice, and_head: bool) -> Option<u64> {
    let study = &world.study;
    let mut forms = parts.forms();
    let places: Vec<_> = forms
        .iter()
        .map(|(number, _)| form(world, *number))
        .collect();
    let is_alone = |at: &usize| {
        let same =
            |place: &&Place| (place.slot, place.cell) == (places[*at].slot, places[*at].cell);
        places.iter().filter(same).count() == 1
    };
    let alone: Vec<usize> = (0..places.len()).filter(is_alone).collect();
    let (number, opening) = &mut forms[*dice.pick(&alone)];
    let (secret, items) = whole(opening);
    let last = items.len() - 1;
    items[last].value.push('7');
    let mut entries = parts.entries();
    let (at, body) = &mut entries[*number as usize];
    let Body::Captured(captured) = Body::decode(at.kind, body).expect("our own") else {
        unreachable!("a form that stands alone was captured")
    };
    let context = theriac_evidence::trial::form_context(&study.id, at.slot, captured.cell);
    let leaves: Vec<_> = items
        .iter()
        .zip(0..)
        .map(|(plain, index)| theriac_evidence::trial::Item {
            context,
            version: 1,
            salt: theriac_evidence::trial::salt(secret, 1, index),
            kind: plain.kind,
            oid: plain.oid.clone(),
            value: plain.value.clone(),
            replaces: None,
        })
        .collect();
    let root = theriac_evidence::trial::root_of_items(&leaves);
    *body = Body::from(Captured { root, ..captured }).encode();
    let number = *number;
    parts.set_forms(&forms);
    parts.forge(entries, and_head);
    Some(number)
}

pub(super) fn value_with_roots(
    world: &World,
    parts: &mut Parts,
    dice: &mut Dice,
) -> Option<Expected> {
    let number = rebuilt(world, parts, dice, false)?;
    Some(expect(C2, "log-differs", since_mark(parts, number)))
}

pub(super) fn value_with_head(
    world: &World,
    parts: &mut Parts,
    dice: &mut Dice,
) -> Option<Expected> {
    rebuilt(world, parts, dice, true)?;
    Some(expect(C2, "head-differs", Place::none()))
}

pub(super) fn reason(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut forms = parts.forms();
    let has_reason = |opening: &Opening| match opening {
        Opening::Whole { items, .. } => items[0].reason.is_some(),
        Opening::Chosen(_) => false,
    };
    let corrections: Vec<usize> = (0..forms.len())
        .filter(|at| has_reason(&forms[*at].1))
        .collect();
    let (number, opening) = &mut forms[*dice.pick(&corrections)];
    whole(opening).1[0].reason = Some((1, "a better reason".to_owned()));
    let place = form(world, *number);
    parts.set_forms(&forms);
    Some(expect(C2, "values-differ", place))
}

/// Takes one null of all forms.
fn with_null(
    world: &World,
    (parts, dice): (&mut Parts, &mut Dice),
    change: impl FnOnce(&mut Vec<PlainItem>, usize),
) -> Option<Place> {
    let mut forms = parts.forms();
    let mut nulls = Vec::new();
    for (at, (_, opening)) in forms.iter_mut().enumerate() {
        let items = whole(opening).1.iter().enumerate();
        let of_form = items.filter(|(_, item)| item.kind == ItemKind::Null);
        nulls.extend(of_form.map(|(item, _)| (at, item)));
    }
    if nulls.is_empty() {
        return None;
    }
    let (at, item) = *dice.pick(&nulls);
    let (number, opening) = &mut forms[at];
    change(whole(opening).1, item);
    let place = form(world, *number);
    parts.set_forms(&forms);
    Some(place)
}

pub(super) fn strip_null(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let place = with_null(world, (parts, dice), |items, item| {
        items.remove(item);
    })?;
    Some(expect(C4, "items-differ", place))
}

pub(super) fn null_as_value(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let place = with_null(world, (parts, dice), |items, item| {
        items[item].kind = ItemKind::Value;
    })?;
    Some(expect(C4, "nulls-differ", place))
}

pub(super) fn drop_form(world: &World, parts: &mut Parts, dice: &mut Dice) -> Option<Expected> {
    let mut forms = parts.forms();
    let at = dice.below(forms.len() as u64) as usize;
    let (number, _) = forms.remove(at);
    parts.set_forms(&forms);
    Some(expect(C2, "form-missing", form(world, number)))
}
