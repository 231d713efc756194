//! C11 and C12: lists that are opened in the bundle, against what was committed.

use super::{
    ClaimId, Failure, Place,
    beacons::Beacons,
    judge::Judge,
    page::Opened,
    replay::{ListState, Replay},
};
use crate::trial::{
    bundle::zip::Archive,
    list::{BaseEntry, base_root, order, secret_commitment, secrets_root, seed},
};
use alloy_primitives::B256;
use std::collections::BTreeMap;

/// Checks the lists, and notes what each subject was allocated.
pub(super) fn check(
    _archive: &Archive<'_>,
    (opened, replay, beacons): (&mut Opened, &Replay, &Beacons),
    judge: &mut Judge,
) -> Result<(), Failure> {
    let secrets: BTreeMap<u16, B256> = opened
        .openings
        .secrets
        .iter()
        .map(|it| (it.list, it.secret))
        .collect();
    for number in opened.lists.keys().chain(secrets.keys()) {
        let place = Place::list(*number);
        if replay.is_complete && replay.unblinded.is_none() {
            judge.fail(
                ClaimId::C11,
                "opened-in-bundle",
                place.clone(),
                "the list is opened though the study was not unblinded",
            );
        }
        if !replay.lists.contains_key(number) {
            judge.fail(
                ClaimId::C12,
                "list-unknown",
                place,
                "the list was not committed",
            );
        }
    }
    check_secrets(&secrets, replay, judge);
    for (number, list) in &replay.lists {
        check_draw(*number, list, (beacons, judge));
        let place = Place::list(*number);
        let slots = list.allocated.iter().map(|(slot, _)| *slot);
        opened.hidden.extend(slots);
        let Some(entries) = opened.lists.get(number) else {
            judge.limit(
                ClaimId::C12,
                format!("arms and kits of list {number}, which is not opened"),
            );
            continue;
        };
        check_entries(entries, list, (place.clone(), judge));
        let Some(secret) = secrets.get(number) else {
            judge.limit(
                ClaimId::C12,
                format!("the order of list {number}, whose secret is not opened"),
            );
            continue;
        };
        if secret_commitment(secret) != list.committed.secret {
            judge.fail(
                ClaimId::C12,
                "secret-differs",
                place,
                "the secret is not the one that was committed",
            );
            continue;
        }
        if let Some((_, drawn)) = &list.drawn {
            let seed = seed(secret, &drawn.prevrandao);
            let length = entries.len() as u32;
            let order = order(
                length,
                list.committed.block_length,
                (&seed, &list.committed.stratum),
            );
            for ((slot, _), index) in list.allocated.iter().zip(order) {
                let entry = &entries[index as usize];
                opened
                    .allocated
                    .insert(*slot, (entry.arm.clone(), entry.kit.clone()));
            }
        }
    }
    Ok(())
}

/// The root over all secrets is the one of the unblinding.
fn check_secrets(secrets: &BTreeMap<u16, B256>, replay: &Replay, judge: &mut Judge) {
    let Some((entry, unblinded)) = &replay.unblinded else {
        return;
    };
    if !secrets.keys().eq(replay.lists.keys()) {
        judge.limit(
            ClaimId::C12,
            "that all lists are those of the unblinding: not all secrets are opened",
        );
        return;
    }
    let secrets: Vec<_> = secrets
        .iter()
        .map(|(list, secret)| (*list, *secret))
        .collect();
    if secrets_root(&secrets) != unblinded.secrets {
        judge.fail(
            ClaimId::C12,
            "secrets-differ",
            Place::entry(*entry),
            "the secrets are not those of the unblinding",
        );
    }
}

fn check_draw(number: u16, list: &ListState, (beacons, judge): (&Beacons, &mut Judge)) {
    let Some((entry, drawn)) = &list.drawn else {
        return;
    };
    match beacons.get(&drawn.height) {
        Some(header) if header.mix_hash != drawn.prevrandao => {
            let place = Place { list: Some(number), ..Place::entry(*entry) };
            judge.fail(ClaimId::C12, "draw-differs", place, "the random value is not that of the block");
        }
        Some(_) => {}
        None => judge.limit(
            ClaimId::C12,
            format!("by the bundle alone, that list {number} was drawn from the chain's random value: the contract compared it"),
        ),
    }
}

fn check_entries(entries: &[BaseEntry], list: &ListState, (place, judge): (Place, &mut Judge)) {
    let committed = &list.committed;
    if entries.len() as u32 != committed.length || base_root(entries) != committed.base_root {
        let text = format!(
            "the entries are not those that entry {} committed",
            list.entry
        );
        judge.fail(ClaimId::C12, "list-differs", place, text);
        return;
    }
    let block_length = committed.block_length.max(1);
    let is_regular = |(entry, index): (&BaseEntry, u32)| {
        entry.index == index
            && entry.stratum == committed.stratum
            && entry.block == index / block_length
    };
    let odd = entries.iter().zip(0..).find(|it| !is_regular(*it));
    if let Some((_, index)) = odd {
        let place = Place {
            index: Some(index),
            ..place
        };
        judge.fail(
            ClaimId::C12,
            "list-malformed",
            place,
            "the entry has another index, stratum or block than its place",
        );
    }
}
