//! Forms: their values, salts, places and trails.

use super::{Expected, difference, flip};
use crate::{stored::scene::Scene, support::Dice};
use rusqlite::params;
use theriac_gateway::trials::{book::FormRow, copy::Fault};

fn a_form(scene: &Scene, dice: &mut Dice) -> FormRow {
    dice.pick(&scene.sponsor.forms()).clone()
}

fn a_capture(scene: &Scene, dice: &mut Dice) -> FormRow {
    let mut forms = scene.sponsor.forms();
    forms.retain(|form| form.number == 0);
    dice.pick(&forms).clone()
}

pub(super) fn value(scene: &Scene, dice: &mut Dice) -> Expected {
    let form = a_form(scene, dice);
    let (secret, mut items) = scene.sponsor.open(&form);
    let item = dice.below(items.len() as u64) as usize;
    items[item].value.push('7');
    scene.sponsor.write(&form, secret, items);
    Expected::differs(vec![difference(&form, Fault::Altered)]).and_in_bundle("values-differ", &form)
}

pub(super) fn salt(scene: &Scene, dice: &mut Dice) -> Expected {
    let form = a_form(scene, dice);
    let (_, items) = scene.sponsor.open(&form);
    scene.sponsor.write(&form, dice.hash(), items);
    Expected::differs(vec![difference(&form, Fault::Altered)]).and_in_bundle("values-differ", &form)
}

pub(super) fn flipped(scene: &Scene, dice: &mut Dice) -> Expected {
    let form = a_form(scene, dice);
    let mut sealed = form.sealed.clone();
    flip(dice, &mut sealed);
    let update = "UPDATE forms SET sealed = ?1 WHERE entry = ?2";
    scene
        .sponsor
        .execute(update, params![sealed, form.entry.unwrap().cast_signed()]);
    Expected::differs(vec![difference(&form, Fault::Unreadable)])
}

/// The row says that the altered values are those of the entry.
pub(super) fn with_root(scene: &Scene, dice: &mut Dice) -> Expected {
    let form = a_form(scene, dice);
    let (secret, mut items) = scene.sponsor.open(&form);
    items[0].value.push('7');
    let root = dice.hash();
    let altered = FormRow {
        root,
        ..form.clone()
    };
    scene.sponsor.write(&altered, secret, items);
    Expected::differs(vec![difference(&form, Fault::OtherRoot)])
        .and_in_bundle("values-differ", &form)
}

/// In a bundle the values stand where the entry says.
pub(super) fn moved(scene: &Scene, dice: &mut Dice) -> Expected {
    let form = a_form(scene, dice);
    let (secret, items) = scene.sponsor.open(&form);
    let cell = 50 + dice.below(1 << 20) as u32;
    let update = "UPDATE forms SET cell = ?1 WHERE entry = ?2";
    let entry = form.entry.unwrap().cast_signed();
    scene.sponsor.execute(update, params![cell, entry]);
    let moved = FormRow {
        cell,
        ..form.clone()
    };
    scene.sponsor.write(&moved, secret, items);
    let mut all = vec![difference(&moved, Fault::OtherRoot)];
    // What was corrected after it does not follow from anything there.
    let later = |other: &FormRow| {
        (other.slot, other.cell) == (form.slot, form.cell) && other.number > form.number
    };
    let later = scene.sponsor.forms().into_iter().filter(later);
    all.extend(later.map(|form| difference(&form, Fault::Altered)));
    Expected::differs(all)
}

pub(super) fn exchanged(scene: &Scene, dice: &mut Dice) -> Expected {
    let one = a_capture(scene, dice);
    let other = loop {
        let other = a_capture(scene, dice);
        if other.entry != one.entry {
            break other;
        }
    };
    let update = "UPDATE forms SET entry = ?1 WHERE slot = ?2 AND cell = ?3 AND number = 0";
    for (form, entry) in [(&one, other.entry), (&other, one.entry)] {
        let values = params![entry.unwrap().cast_signed(), form.slot, form.cell];
        assert_eq!(scene.sponsor.execute(update, values), 1);
    }
    let said = [(&one, &other), (&other, &one)].map(|(form, other)| {
        let said = FormRow {
            entry: other.entry,
            ..form.clone()
        };
        difference(&said, Fault::OtherRoot)
    });
    Expected::differs(said.to_vec()).and_in_bundle("values-differ", &one)
}

pub(super) fn deleted(scene: &Scene, dice: &mut Dice) -> Expected {
    let form = a_form(scene, dice);
    let delete = "DELETE FROM forms WHERE entry = ?1";
    let entry = form.entry.unwrap().cast_signed();
    assert_eq!(scene.sponsor.execute(delete, [entry]), 1);
    Expected::differs(vec![difference(&form, Fault::Missing)]).and_in_bundle("form-missing", &form)
}

/// The corrected value stands there as if it had been captured.
pub(super) fn trail(scene: &Scene, dice: &mut Dice) -> Expected {
    let forms = scene.sponsor.forms();
    let corrections: Vec<_> = forms.iter().filter(|form| form.number == 1).collect();
    let correction = *dice.pick(&corrections);
    let is_capture = |form: &&FormRow| {
        (form.slot, form.cell, form.number) == (correction.slot, correction.cell, 0)
    };
    let capture = forms.iter().find(is_capture).unwrap();
    let (secret, mut items) = scene.sponsor.open(capture);
    let (_, corrected) = scene.sponsor.open(correction);
    for item in &mut items {
        if let Some(new) = corrected.iter().find(|new| new.oid == item.oid) {
            item.value = new.value.clone();
        }
    }
    scene.sponsor.write(capture, secret, items);
    let delete = "DELETE FROM forms WHERE entry = ?1";
    let entry = correction.entry.unwrap().cast_signed();
    assert_eq!(scene.sponsor.execute(delete, [entry]), 1);
    let all = vec![
        difference(capture, Fault::Altered),
        difference(correction, Fault::Missing),
    ];
    Expected::differs(all).and_in_bundle("form-missing", correction)
}

pub(super) fn invented(scene: &Scene, dice: &mut Dice) -> Expected {
    let form = a_form(scene, dice);
    let invented = FormRow {
        cell: (1 << 31) + dice.below(9) as u32,
        number: 0,
        entry: Some(1_000 + dice.below(1_000)),
        ..form
    };
    let insert = "INSERT INTO forms (slot, cell, number, root, sealed, entry) VALUES (?1, ?2, 0, ?3, ?4, ?5)";
    let entry = invented.entry.unwrap().cast_signed();
    let (root, sealed) = (invented.root.0, invented.sealed.clone());
    scene.sponsor.execute(
        insert,
        params![invented.slot, invented.cell, root, sealed, entry],
    );
    Expected::differs(vec![difference(&invented, Fault::NotEntered)])
}
