//! Bundles that the sponsor makes with a program of its own, from the honest one, hashes made anew as far as they can be.

use super::{
    Attempt, Expected, Outcome,
    scene::{Scene, some},
};
use crate::support::Parts;
use alloy_primitives::{B256, Bytes};
use theriac_evidence::trial::{
    Body, Entry, Opening,
    body::Captured,
    verify::{
        ClaimId::{self, C1, C2, C3, C5, C10, C12},
        Place,
    },
};
use theriac_sdk::{account::Account, trials::NewSignature};

type Edit = fn(&mut Parts) -> (ClaimId, &'static str, Place);

const OF_SPONSOR: [(&str, Edit); 11] = [
    ("a value is altered", value),
    ("a value with all that follows from it", value_with_roots),
    ("a value with the head", value_with_head),
    ("a subject is dropped", subject),
    ("an entry is dated back", backdated),
    ("the trail of a correction is deleted", trail),
    ("the book is an invented one", invented),
    ("the book is an old one", old_book),
    ("the investigator's signature is forged", signature),
    ("registrations are hidden", registrations),
    ("the lock is over an altered book", lock),
];

const OF_STATISTICIAN: [(&str, Edit); 3] = [
    ("two allocations are swapped", allocations),
    ("arms of the list are swapped", arms),
    ("the secret of the list is another", secret),
];

pub(super) async fn attempts(scene: &mut Scene) -> Vec<(Attempt, Expected)> {
    let old = scene.honest().await;
    // Another study of the same sponsor, so that there is something to hide.
    register_another(scene).await;
    let (honest, lists) = (scene.honest().await, scene.lists().await);
    let mut attempts = Vec::new();
    let edits = OF_SPONSOR.iter().map(|edit| (&honest, edit));
    for (bytes, (what, edit)) in edits.chain(OF_STATISTICIAN.iter().map(|edit| (&lists, edit))) {
        let mut parts = Parts::of(bytes);
        let (claim, code, place) = edit(&mut parts);
        let outcome = Outcome::Shown(parts.pack(), None);
        let expected = Expected::Finding(claim, code, place);
        attempts.push((Attempt { what, outcome }, expected));
    }
    let (height, hash) = newest(&honest);
    let outcome = Outcome::Shown(old, Some((height, hash)));
    let what = "an old bundle, to one who knows a newer block";
    let expected = Expected::Finding(C1, "older-than-known", Place::none());
    attempts.push((Attempt { what, outcome }, expected));
    attempts
}

fn newest(bytes: &[u8]) -> (u64, B256) {
    let report = theriac_evidence::trial::verify::verify(bytes, &crate::support::trusted());
    let newest = report.unwrap().newest.unwrap();
    (newest.height, newest.hash)
}

async fn register_another(scene: &mut Scene) {
    let folder = scene.folder("another");
    let client = scene.world.sponsor.client().clone();
    let mut party = theriac_gateway::trials::Party::begin(client, &folder)
        .await
        .unwrap();
    let mut definition = crate::support::definition();
    definition.approvers = vec![party.client().address()];
    let until = crate::support::NOW_MS + 100_000_000_000;
    party.register(&definition, until).await.unwrap();
}

/// The first entry of a kind.
fn first(parts: &Parts, kind: u8) -> Entry {
    let entries = parts.entries();
    entries
        .iter()
        .find(|(entry, _)| entry.kind == kind)
        .unwrap()
        .0
}

/// Where the log shows that it is not the ledger's: at the last milestone up to which it is.
fn since_mark(parts: &Parts, number: u64) -> Place {
    let sizes = parts.manifest.milestones.iter().map(|one| one.size);
    Place::entry(sizes.filter(|size| *size <= number).max().unwrap())
}

fn differs(parts: &Parts, number: u64) -> (ClaimId, &'static str, Place) {
    (C2, "log-differs", since_mark(parts, number))
}

fn change(
    parts: &mut Parts,
    number: u64,
    and_head: bool,
    change: impl FnOnce(&mut Entry, &mut Vec<u8>),
) {
    let mut entries = parts.entries();
    let (entry, body) = &mut entries[number as usize];
    change(entry, body);
    parts.forge(entries, and_head);
}

fn value(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let mut forms = parts.forms();
    let (number, Opening::Whole { items, .. }) = &mut forms[1] else {
        panic!("a regulator gets forms whole")
    };
    items[0].value = "99".to_owned();
    let (entry, body) = parts.entries()[*number as usize].clone();
    let Body::Captured(captured) = Body::decode(entry.kind, &body).unwrap() else {
        panic!("the second form is a capture")
    };
    let place = Place::entry(*number).of(entry.slot).cell(captured.cell);
    parts.set_forms(&forms);
    (C2, "values-differ", place)
}

fn another_root(body: &mut Vec<u8>) {
    let Body::Captured(captured) = Body::decode(7, body).unwrap() else {
        panic!("a capture")
    };
    let root = some("the root of other values");
    *body = Body::from(Captured { root, ..captured }).encode();
}

fn value_with_roots(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let number = first(parts, 7).number;
    change(parts, number, false, |_, body| another_root(body));
    differs(parts, number)
}

fn value_with_head(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let number = first(parts, 7).number;
    change(parts, number, true, |_, body| another_root(body));
    (C2, "head-differs", Place::none())
}

fn subject(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let mut entries = parts.entries();
    entries.retain(|(entry, _)| entry.slot != 2);
    parts.forge(entries, false);
    (C3, "subjects-missing", Place::slot(2))
}

fn backdated(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let number = first(parts, 7).number;
    change(parts, number, false, |entry, _| {
        (entry.height, entry.time_ms) = (entry.height - 1, entry.time_ms - 1_000);
    });
    differs(parts, number)
}

fn trail(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let (subjects, mut entries) = (parts.subjects(), parts.entries());
    let corrected = first(parts, 9);
    entries.retain(|(entry, _)| entry.number != corrected.number);
    parts.forge(entries, false);
    // The records are those that the ledger has.
    parts.set_subjects(&subjects);
    let place = Place::slot(corrected.slot);
    (C2, "subject-entries-missing", place)
}

/// Every capture has other values, and everything is made to fit.
fn invented(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let mut entries = parts.entries();
    for (entry, body) in entries.iter_mut().filter(|(entry, _)| entry.kind == 7) {
        entry.observed_ms = entry.time_ms - 1;
        another_root(body);
    }
    parts.forge(entries, true);
    (C2, "head-differs", Place::none())
}

/// As it was before the correction.
fn old_book(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let mut entries = parts.entries();
    let corrected = first(parts, 9).number;
    entries.truncate(corrected as usize);
    parts.forge(entries, false);
    (C2, "entries-missing", Place::entry(corrected))
}

/// Over altered data, by another key than the investigator's.
fn signature(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let signed = first(parts, 11);
    let (account, factor) = (Account::generate(), Account::generate());
    let chain_id = parts.manifest.network.chain_id;
    change(parts, signed.number, false, |entry, body| {
        let Body::Signed(mut signed) = Body::decode(11, body).unwrap() else {
            panic!("a signature")
        };
        let new = NewSignature {
            study: entry.study,
            slot: entry.slot,
            site: entry.site,
            scope: signed.scope,
            data_root: signed.data_root,
            meaning: signed.meaning,
            name: signed.name,
            time: signed.time,
        };
        let forged = new.sign(&account, &factor, chain_id);
        (signed.signature, signed.second) = (bytes(&forged.signature), bytes(&forged.second));
        *body = Body::from(signed).encode();
    });
    let place = Place::entry(signed.number).of(signed.slot);
    (C10, "not-signed", place)
}

fn bytes(bytes: &Bytes) -> Vec<u8> {
    bytes.to_vec()
}

fn registrations(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    assert_eq!(parts.manifest.register.count, 2);
    parts.manifest.register.count = 1;
    (C5, "register-differs", Place::none())
}

fn lock(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let number = first(parts, 12).number;
    change(parts, number, false, |_, body| {
        let Body::Locked(mut locked) = Body::decode(12, body).unwrap() else {
            panic!("a lock")
        };
        locked.root = some("the root of an altered book");
        *body = Body::from(locked).encode();
    });
    differs(parts, number)
}

fn allocations(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let mut entries = parts.entries();
    let places: Vec<usize> = (0..entries.len())
        .filter(|at| entries[*at].0.kind == 17)
        .collect();
    let (one, other) = (places[0], places[1]);
    let body = entries[one].1.clone();
    entries[one].1 = std::mem::replace(&mut entries[other].1, body);
    parts.forge(entries, false);
    differs(parts, one as u64)
}

/// The arms of the first two entries, whose names are of one length.
fn arms(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let list = parts.file("lists/00001.bin");
    let arm = |list: &[u8], from: usize, arm: &[u8]| {
        let found = list[from..]
            .windows(arm.len())
            .position(|window| window == arm);
        from + found.unwrap()
    };
    let one = arm(list, 0, b"\0\0\0\x01A");
    let other = arm(list, 0, b"\0\0\0\x01B");
    list.swap(one + 4, other + 4);
    (C12, "list-differs", Place::list(1))
}

fn secret(parts: &mut Parts) -> (ClaimId, &'static str, Place) {
    let mut openings = parts.openings();
    openings.secrets[0].secret = some("another secret");
    parts.set_openings(&openings);
    (C12, "secret-differs", Place::list(1))
}
