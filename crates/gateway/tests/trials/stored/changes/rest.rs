//! Subjects, keys, documents, texts, labels, and the file as a whole.

use super::{Expected, difference, document as altered, flip, pick};
use crate::{stored::scene::Scene, support::Dice};
use alloy_primitives::B256;
use rusqlite::params;
use std::path::PathBuf;
use theriac_evidence::trial::{
    Body,
    verify::{
        ClaimId::{C6, C10},
        Place,
    },
};
use theriac_gateway::trials::{
    book::{Book, FormRow, Logged},
    copy::{Difference, Fault},
};

fn forms_of(scene: &Scene, slot: u32) -> Vec<FormRow> {
    let forms = scene.sponsor.forms().into_iter();
    forms.filter(|form| form.slot == slot).collect()
}

fn a_slot(dice: &mut Dice) -> u32 {
    1 + dice.below(3) as u32
}

pub(super) fn subject(scene: &Scene, dice: &mut Dice) -> Expected {
    let slot = a_slot(dice);
    let forms = forms_of(scene, slot);
    for table in ["forms", "texts", "subject_keys", "subjects"] {
        let delete = format!("DELETE FROM {table} WHERE slot = ?1");
        assert!(scene.sponsor.execute(&delete, [slot]) > 0, "{table}");
    }
    let missing = |form| difference(form, Fault::Missing);
    Expected::differs(forms.iter().map(missing).collect()).and_in_bundle("form-missing", &forms[0])
}

/// By bytes that are no wrap for this book, or by the key of another subject.
pub(super) fn key(scene: &Scene, dice: &mut Dice) -> Expected {
    let slot = a_slot(dice);
    let own = Book::open(scene.sponsor.folder()).unwrap();
    let organisation = own.owner().organisation;
    let wrap_of = |slot: u32| {
        let wraps = own.key_wraps(slot).unwrap().into_iter();
        let mut own = wraps.filter(|wrap| wrap.organisation == organisation);
        own.next().unwrap().wrap
    };
    let (mut wrap, mut fault) = (wrap_of(slot % 3 + 1), Fault::Unreadable);
    if dice.one_in(2) {
        (wrap, fault) = (wrap_of(slot), Fault::KeyMissing);
        flip(dice, &mut wrap);
    }
    let update = "UPDATE subject_keys SET wrap = ?1 WHERE slot = ?2 AND organisation = ?3";
    let values = params![wrap, slot, organisation];
    assert_eq!(scene.sponsor.execute(update, values), 1);
    let forms = forms_of(scene, slot);
    let mut all: Vec<_> = forms.iter().map(|form| difference(form, fault)).collect();
    if fault == Fault::Unreadable {
        all.extend(of_other_key(scene, slot));
    }
    Expected::differs(all)
}

/// What else does not decrypt under another's key.
fn of_other_key(scene: &Scene, slot: u32) -> Vec<Difference> {
    let texts = Book::open(scene.sponsor.folder())
        .unwrap()
        .texts(slot)
        .unwrap();
    let label = Difference {
        fault: Fault::Label,
        document: None,
        ..altered(slot, B256::ZERO)
    };
    let texts = texts.into_iter().map(|(hash, _)| altered(slot, hash));
    texts.chain([label]).collect()
}

pub(super) fn document(scene: &Scene, dice: &mut Dice) -> Expected {
    const OUTCOMES: u8 = 3;
    const NAME: u8 = 10;
    let query =
        format!("SELECT hash, content FROM documents WHERE kind NOT IN ({OUTCOMES}, {NAME})");
    let (hash, mut content) = pick(&scene.sponsor, dice, &query);
    flip(dice, &mut content);
    let update = "UPDATE documents SET content = ?1 WHERE hash = ?2";
    assert_eq!(scene.sponsor.execute(update, params![content, hash]), 1);
    Expected::differs(vec![altered(0, B256::from_slice(&hash))])
}

/// Another time point than was registered.
pub(super) fn outcome(scene: &Scene, dice: &mut Dice) -> Expected {
    let query = "SELECT hash, content FROM documents WHERE kind = 3";
    let (hash, content) = pick(&scene.sponsor, dice, query);
    let text = String::from_utf8(content).unwrap();
    let week = format!("week {}", 9 + dice.below(40));
    let altered_text = text.replace("week 8", &week);
    assert_ne!(altered_text, text);
    let update = "UPDATE documents SET content = ?1 WHERE hash = ?2";
    let values = params![altered_text.into_bytes(), hash];
    assert_eq!(scene.sponsor.execute(update, values), 1);
    let place = Place {
        index: Some(0),
        ..Place::entry(0).item("timePoint")
    };
    Expected {
        bundle: Some((C6, "opening-differs", place)),
        ..Expected::differs(vec![altered(0, B256::from_slice(&hash))])
    }
}

/// Another printed name than was signed.
pub(super) fn name(scene: &Scene, dice: &mut Dice) -> Expected {
    let query = "SELECT hash, content FROM documents WHERE kind = 10";
    let (hash, _) = pick(&scene.sponsor, dice, query);
    let update = "UPDATE documents SET content = ?1 WHERE hash = ?2";
    let other = b"Dr. Somebody Else";
    assert_eq!(scene.sponsor.execute(update, params![other, hash]), 1);
    let word = B256::from_slice(&hash);
    let book = Book::open(scene.sponsor.folder()).unwrap();
    let signed = |logged: &Logged| match logged.body().unwrap() {
        Body::Signed(signed) => signed.name == word,
        _ => false,
    };
    let log = book.log().unwrap();
    let entry = log.iter().find(|logged| signed(logged)).unwrap();
    let place = Place::entry(entry.entry.number);
    Expected {
        bundle: Some((C10, "name-differs", place)),
        ..Expected::differs(vec![altered(0, word)])
    }
}

pub(super) fn text(scene: &Scene, dice: &mut Dice) -> Expected {
    let slot = a_slot(dice);
    let query = format!("SELECT hash, sealed FROM texts WHERE slot = {slot}");
    let (hash, mut sealed) = pick(&scene.sponsor, dice, &query);
    flip(dice, &mut sealed);
    let update = "UPDATE texts SET sealed = ?1 WHERE hash = ?2";
    assert_eq!(scene.sponsor.execute(update, params![sealed, hash]), 1);
    Expected::differs(vec![altered(slot, B256::from_slice(&hash))])
}

/// The log comes again from the ledger, what was captured since does not.
pub(super) fn rolled_back(scene: &Scene, dice: &mut Dice) -> Expected {
    let whole = scene.sponsor.forms();
    let backup: &PathBuf = dice.pick(&scene.backups);
    scene.sponsor.put_back(backup);
    let left = scene.sponsor.forms();
    let gone: Vec<_> = whole
        .iter()
        .filter(|form| left.iter().all(|other| other.entry != form.entry))
        .collect();
    let all = gone.iter().map(|form| difference(form, Fault::Missing));
    Expected::differs(all.collect()).and_in_bundle("form-missing", gone[0])
}

/// Data of one subject would be captured under the number of another.
pub(super) fn label(scene: &Scene, _: &mut Dice) -> Expected {
    let query = "SELECT one.lookup, other.lookup FROM subjects AS one, subjects AS other WHERE one.slot = 1 AND other.slot = 3";
    let (first, third) = scene.site.pairs(query).remove(0);
    for (slot, lookup) in [(1, third), (3, first)] {
        let update = "UPDATE subjects SET lookup = ?1 WHERE slot = ?2";
        assert_eq!(scene.site.execute(update, params![lookup, slot]), 1);
    }
    let label = |slot| Difference {
        fault: Fault::Label,
        document: None,
        ..altered(slot, B256::ZERO)
    };
    Expected {
        is_at_site: true,
        ..Expected::differs(vec![label(1), label(3)])
    }
}
