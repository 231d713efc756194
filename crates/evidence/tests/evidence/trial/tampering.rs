//! What a sponsor or operator without a quorum can do to a bundle, hashes and inner roots made anew as far as they can be.

use super::{
    chain,
    parts::{Parts, of_kind},
    study::{CHAIN, Study},
    world::World,
};
use alloy_primitives::{B256, keccak256};
use theriac_evidence::trial::{
    Body, ItemKind, Opening,
    body::Captured,
    verify::ClaimId::{self, C1, C2, C3, C4, C5, C6, C7, C10, C11, C12, C14},
};

/// What has to be found: the claim, one of the codes, and where.
pub struct Expected {
    pub claim: ClaimId,
    pub codes: &'static [&'static str],
    pub entry: Option<u64>,
    pub slot: Option<u32>,
}

fn expect(claim: ClaimId, codes: &'static [&'static str]) -> Expected {
    Expected {
        claim,
        codes,
        entry: None,
        slot: None,
    }
}

impl Expected {
    fn entry(mut self, entry: u64) -> Self {
        self.entry = Some(entry);
        self
    }

    fn slot(mut self, slot: u32) -> Self {
        self.slot = Some(slot);
        self
    }
}

pub type Change = fn(&World, &mut Parts) -> Option<Expected>;

/// The codes by which the log shows that it is not the ledger's.
const LOG: &[&str] = &["log-differs", "head-differs"];

pub const CHANGES: [(&str, Change); 41] = [
    ("a value is changed", value),
    (
        "a value is changed and all roots are made anew",
        value_with_roots,
    ),
    ("a value is changed and the head too", value_with_head),
    ("a reason is changed", reason),
    ("a reason's code is changed in its entry", reason_code),
    ("a claimed time is changed", observed),
    ("an entry is moved to an earlier block", backdated),
    ("two entries change places", order),
    ("a subject is dropped", |world, parts| {
        drop_subject(world, parts, false)
    }),
    ("a subject is dropped, from the head too", |world, parts| {
        drop_subject(world, parts, true)
    }),
    ("a record is dropped alone", drop_record),
    ("a visit is dropped", drop_visit),
    ("a query is dropped", drop_query),
    ("a correction is dropped", drop_correction),
    ("a site is dropped with its subjects", drop_site),
    ("the last entries are dropped", truncate),
    ("a slot is given twice", duplicate_slot),
    ("a record is changed", change_record),
    ("arms of a list are swapped", swap_arms),
    ("the indexes of two subjects are swapped", swap_allocations),
    ("the secret of a list is changed", change_secret),
    ("a list is opened before unblinding", open_list),
    ("a signature is spliced", splice),
    ("a printed name is changed", rename),
    ("the head is forged", forge_head),
    ("the block is a fork without certificate", fork),
    (
        "the block is a fork under another's certificate",
        fork_with_certificate,
    ),
    ("the certificate is changed", certificate),
    ("a null is stripped", strip_null),
    ("a null is called a value", null_as_value),
    ("the values of a form are left out", drop_form),
    ("an exported row is changed", row),
    ("an exported row is dropped", drop_row),
    ("an outcome is switched in its words", switch_words),
    ("an outcome is switched in the registration", switch_outcome),
    ("registrations are hidden", hide_registrations),
    ("an unlock is hidden", hide_unlock),
    ("a milestone is moved", move_milestone),
    ("a block that a device knew is left out", drop_beacons),
    ("a block that a device knew is another", other_beacon),
    ("the study is given another number", other_number),
];

fn whole(opening: &mut Opening) -> (&mut B256, &mut Vec<theriac_evidence::trial::PlainItem>) {
    match opening {
        Opening::Whole { secret, items } => (secret, items),
        Opening::Chosen(_) => panic!("a regulator gets forms whole"),
    }
}

fn a_form(world: &World) -> usize {
    world.study.subjects.len() % 3
}

fn value(world: &World, parts: &mut Parts) -> Option<Expected> {
    let mut forms = parts.forms();
    let place = a_form(world);
    let entry = forms[place].0;
    whole(&mut forms[place].1).1[0].value.push('1');
    parts.set_forms(&forms);
    Some(expect(C2, &["values-differ"]).entry(entry))
}

fn rebuilt(world: &World, parts: &mut Parts, and_head: bool) -> Option<Expected> {
    // The last capture of all, so that no correction hangs on it.
    let entry = *of_kind(&world.study, 7).last()?;
    let mut forms = parts.forms();
    let form = forms.iter_mut().find(|(number, _)| *number == entry)?;
    let (secret, items) = whole(&mut form.1);
    let last = items.len() - 1;
    items[last].value.push('7');
    let mut entries = parts.entries();
    let (at, body) = &mut entries[entry as usize];
    let slot = at.slot;
    let Body::Captured(captured) = Body::decode(7, body).expect("our own") else {
        return None;
    };
    let context = theriac_evidence::trial::form_context(&world.study.id, slot, captured.cell);
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
    parts.set_forms(&forms);
    parts.forge(entries, and_head);
    Some(expect(C2, LOG))
}

fn value_with_roots(world: &World, parts: &mut Parts) -> Option<Expected> {
    rebuilt(world, parts, false)
}

fn value_with_head(world: &World, parts: &mut Parts) -> Option<Expected> {
    rebuilt(world, parts, true)
}

fn reason(_: &World, parts: &mut Parts) -> Option<Expected> {
    let mut forms = parts.forms();
    let form = forms.iter_mut().find(|(_, opening)| match opening {
        Opening::Whole { items, .. } => items[0].reason.is_some(),
        Opening::Chosen(_) => false,
    })?;
    let entry = form.0;
    whole(&mut form.1).1[0].reason = Some((1, "a better reason".to_owned()));
    parts.set_forms(&forms);
    Some(expect(C2, &["values-differ"]).entry(entry))
}

/// Changes one entry of a kind and makes the rest fit; the slot's chain and the log then show it.
fn alter(
    world: &World,
    parts: &mut Parts,
    kind: u8,
    change: impl FnOnce(&mut (theriac_evidence::trial::Entry, Vec<u8>)),
) -> Option<Expected> {
    let number = *of_kind(&world.study, kind).first()?;
    let mut entries = parts.entries();
    change(&mut entries[number as usize]);
    parts.forge(entries, false);
    Some(expect(C2, &["log-differs"]))
}

fn reason_code(world: &World, parts: &mut Parts) -> Option<Expected> {
    alter(world, parts, 9, |(_, body)| {
        let Body::Corrected(mut corrected) = Body::decode(9, body).expect("our own") else {
            unreachable!()
        };
        corrected.reason_code = if corrected.reason_code == 1 { 2 } else { 1 };
        *body = Body::from(corrected).encode();
    })
}

fn observed(world: &World, parts: &mut Parts) -> Option<Expected> {
    alter(world, parts, 7, |(entry, _)| {
        entry.observed_ms = entry.time_ms - 1_234_567
    })
}

fn backdated(world: &World, parts: &mut Parts) -> Option<Expected> {
    alter(world, parts, 7, |(entry, _)| {
        entry.height -= 1;
        entry.time_ms = chain::time_ms(entry.height);
    })
}

fn order(world: &World, parts: &mut Parts) -> Option<Expected> {
    let mut entries = parts.entries();
    let place = entries.len() / 2;
    if entries[place].0.leaf() == entries[place + 1].0.leaf() {
        return None;
    }
    entries.swap(place, place + 1);
    parts.forge(entries, world.study.subjects.len() % 2 == 0);
    Some(expect(C2, LOG))
}

fn drop_forms_of(parts: &mut Parts, is_dropped: impl Fn(u64) -> bool, numbers: &[u64]) {
    let kept: Vec<_> = parts
        .forms()
        .into_iter()
        .filter(|(entry, _)| !is_dropped(*entry))
        .collect();
    let renumbered = |entry: u64| {
        numbers
            .iter()
            .position(|number| *number == entry)
            .map(|place| place as u64)
    };
    let forms: Vec<_> = kept
        .into_iter()
        .filter_map(|(entry, it)| renumbered(entry).map(|entry| (entry, it)))
        .collect();
    parts.set_forms(&forms);
}

/// Leaves out the entries that `is_dropped` names, and what belongs to them.
fn drop_entries(
    parts: &mut Parts,
    is_dropped: impl Fn(&theriac_evidence::trial::Entry) -> bool,
    and_head: bool,
) {
    let entries: Vec<_> = parts
        .entries()
        .into_iter()
        .filter(|(entry, _)| !is_dropped(entry))
        .collect();
    let numbers: Vec<u64> = entries.iter().map(|(entry, _)| entry.number).collect();
    drop_forms_of(parts, |entry| !numbers.contains(&entry), &numbers);
    parts.forge(entries, and_head);
}

fn drop_subject(world: &World, parts: &mut Parts, and_head: bool) -> Option<Expected> {
    let slot = world.study.subjects.len() as u32;
    drop_entries(parts, |entry| entry.slot == slot, and_head);
    Some(match and_head {
        true => expect(C2, LOG),
        false => expect(C3, &["subjects-missing"]).slot(slot),
    })
}

fn drop_record(world: &World, parts: &mut Parts) -> Option<Expected> {
    let mut subjects = parts.subjects();
    subjects.pop();
    parts.set_subjects(&subjects);
    Some(expect(C3, &["subjects-missing"]).slot(world.study.subjects.len() as u32))
}

fn drop_one(world: &World, parts: &mut Parts, kind: u8) -> Option<Expected> {
    let number = *of_kind(&world.study, kind).last()?;
    let slot = world.study.entries[number as usize].0.slot;
    let subjects = parts.subjects();
    drop_entries(parts, |entry| entry.number == number, false);
    // The record stays as it was certified.
    parts.set_subjects(&subjects);
    Some(expect(C2, &["subject-entries-missing"]).slot(slot))
}

fn drop_visit(world: &World, parts: &mut Parts) -> Option<Expected> {
    drop_one(world, parts, 7)
}

fn drop_query(world: &World, parts: &mut Parts) -> Option<Expected> {
    drop_one(world, parts, 10)
}

fn drop_correction(world: &World, parts: &mut Parts) -> Option<Expected> {
    drop_one(world, parts, 9)
}

fn drop_site(_: &World, parts: &mut Parts) -> Option<Expected> {
    drop_entries(parts, |entry| entry.site == 2, false);
    Some(expect(C3, &["subjects-missing", "slot-gap", "sums-differ"]))
}

fn truncate(world: &World, parts: &mut Parts) -> Option<Expected> {
    let last = world.study.next() - 1;
    drop_entries(parts, |entry| entry.number == last, false);
    Some(expect(C2, &["entries-missing"]).entry(last))
}

fn duplicate_slot(_: &World, parts: &mut Parts) -> Option<Expected> {
    let mut subjects = parts.subjects();
    subjects[1].slot = 1;
    parts.set_subjects(&subjects);
    Some(expect(C3, &["slot-gap"]).slot(2))
}

fn change_record(_: &World, parts: &mut Parts) -> Option<Expected> {
    let mut subjects = parts.subjects();
    subjects[0].items += 1;
    parts.set_subjects(&subjects);
    Some(expect(C4, &["items-differ"]).slot(1))
}

fn swap_arms(_: &World, parts: &mut Parts) -> Option<Expected> {
    let list = parts.file("lists/00001.bin");
    let text = "K003".as_bytes();
    let at = list.windows(4).position(|bytes| bytes == text)?;
    list[at..at + 4].copy_from_slice(b"K009");
    Some(expect(C12, &["list-differs"]))
}

fn swap_allocations(world: &World, parts: &mut Parts) -> Option<Expected> {
    let allocations = of_kind(&world.study, 17);
    let [first, second, ..] = allocations[..] else {
        return None;
    };
    let mut entries = parts.entries();
    let body = entries[first as usize].1.clone();
    entries[first as usize].1 = std::mem::replace(&mut entries[second as usize].1, body);
    parts.forge(entries, false);
    Some(expect(C2, &["log-differs"]))
}

fn change_secret(_: &World, parts: &mut Parts) -> Option<Expected> {
    let mut openings = parts.openings();
    openings.secrets[0].secret = keccak256("another");
    parts.set_openings(&openings);
    Some(expect(C12, &["secrets-differ", "secret-differs"]))
}

/// The study as it stood before unblinding cannot be made from this bundle, so the entry is left out and the list stays.
fn open_list(_: &World, parts: &mut Parts) -> Option<Expected> {
    drop_entries(parts, |entry| entry.kind >= 20 && entry.kind <= 22, false);
    Some(expect(C11, &["opened-in-bundle"]))
}

fn splice(world: &World, parts: &mut Parts) -> Option<Expected> {
    let signatures = of_kind(&world.study, 11);
    let [first, second, ..] = signatures[..] else {
        return None;
    };
    let mut entries = parts.entries();
    entries[second as usize].1 = entries[first as usize].1.clone();
    parts.forge(entries, false);
    Some(expect(C10, &["not-signed"]).entry(second))
}

fn rename(_: &World, parts: &mut Parts) -> Option<Expected> {
    let mut openings = parts.openings();
    openings.names[0].name = "Dr. Somebody Else".to_owned();
    let entry = openings.names[0].entry;
    parts.set_openings(&openings);
    Some(expect(C10, &["name-differs"]).entry(entry))
}

fn forge_head(_: &World, parts: &mut Parts) -> Option<Expected> {
    parts.manifest.head.root = keccak256("forged");
    Some(expect(C2, &["head-differs"]))
}

fn fork(_: &World, parts: &mut Parts) -> Option<Expected> {
    parts.manifest.block = chain::block(keccak256("another state"), false);
    Some(expect(C1, &["not-final"]))
}

fn fork_with_certificate(_: &World, parts: &mut Parts) -> Option<Expected> {
    let certificate = parts.manifest.block.certificate.clone();
    parts.manifest.block = chain::block(keccak256("another state"), false);
    parts.manifest.block.certificate = certificate;
    Some(expect(C1, &["certificate-invalid"]))
}

fn certificate(_: &World, parts: &mut Parts) -> Option<Expected> {
    let certificate = parts.manifest.block.certificate.as_mut()?;
    certificate.view += 1;
    Some(expect(C1, &["certificate-invalid"]))
}

fn a_null(parts: &Parts) -> Option<(usize, usize)> {
    let forms = parts.forms();
    let places = forms
        .iter()
        .enumerate()
        .filter_map(|(place, (_, opening))| {
            let Opening::Whole { items, .. } = opening else {
                return None;
            };
            let item = items.iter().position(|item| item.kind == ItemKind::Null)?;
            Some((place, item))
        });
    places.last()
}

fn strip_null(_: &World, parts: &mut Parts) -> Option<Expected> {
    let (place, item) = a_null(parts)?;
    let mut forms = parts.forms();
    whole(&mut forms[place].1).1.remove(item);
    let entry = forms[place].0;
    parts.set_forms(&forms);
    Some(expect(C4, &["items-differ"]).entry(entry))
}

fn null_as_value(_: &World, parts: &mut Parts) -> Option<Expected> {
    let (place, item) = a_null(parts)?;
    let mut forms = parts.forms();
    whole(&mut forms[place].1).1[item].kind = ItemKind::Value;
    let entry = forms[place].0;
    parts.set_forms(&forms);
    Some(expect(C4, &["nulls-differ"]).entry(entry))
}

fn drop_form(world: &World, parts: &mut Parts) -> Option<Expected> {
    let mut forms = parts.forms();
    let (entry, _) = forms.remove(a_form(world));
    parts.set_forms(&forms);
    Some(expect(C2, &["form-missing"]).entry(entry))
}

fn row(_: &World, parts: &mut Parts) -> Option<Expected> {
    let rows = parts.file("datasets/ADEFF.ndjson");
    let at = rows.len() - 3;
    rows[at] = if rows[at] == b'"' { b' ' } else { b'9' };
    Some(expect(C14, &["dataset-differs"]))
}

fn drop_row(_: &World, parts: &mut Parts) -> Option<Expected> {
    for name in ["datasets/ADEFF.ndjson", "datasets/ADEFF.lineage.ndjson"] {
        let content = parts.file(name);
        content.pop();
        while content.last().is_some_and(|byte| *byte != b'\n') {
            content.pop();
        }
    }
    Some(expect(C14, &["dataset-differs"]))
}

fn switch_words(_: &World, parts: &mut Parts) -> Option<Expected> {
    let mut openings = parts.openings();
    let field = openings.outcomes[0].fields[5].as_mut()?;
    field.text = "week 12".to_owned();
    parts.set_openings(&openings);
    Some(expect(C6, &["opening-differs"]).entry(0))
}

fn switch_outcome(world: &World, parts: &mut Parts) -> Option<Expected> {
    alter(world, parts, 1, |(_, body)| {
        let Body::Registered(mut registered) = Body::decode(1, body).expect("our own") else {
            unreachable!()
        };
        registered.outcomes.swap(0, 1);
        registered.outcomes[0].level = 1;
        registered.outcomes[1].level = 2;
        *body = Body::from(registered).encode();
    })
}

fn hide_registrations(world: &World, parts: &mut Parts) -> Option<Expected> {
    parts.manifest.register.count = world.study.registered + 1;
    if world.study.registered > world.study.name.number {
        parts.manifest.register.count = world.study.name.number;
    }
    Some(expect(C5, &["register-differs"]))
}

fn hide_unlock(world: &World, parts: &mut Parts) -> Option<Expected> {
    of_kind(&world.study, 13).first()?;
    drop_entries(parts, |entry| entry.kind == 13, false);
    Some(expect(C2, LOG))
}

fn move_milestone(_: &World, parts: &mut Parts) -> Option<Expected> {
    parts.manifest.milestones[1].height += 1;
    Some(expect(C5, &["milestone-differs"]))
}

fn drop_beacons(world: &World, parts: &mut Parts) -> Option<Expected> {
    let old =
        world.study.entries.iter().find(|(entry, _)| {
            entry.beacon_height > 0 && entry.height - entry.beacon_height > 8_191
        });
    let entry = old?.0.number;
    *parts.file("beacons.json") = b"[]".to_vec();
    Some(expect(C7, &["beacon-unproved"]).entry(entry))
}

fn other_beacon(world: &World, parts: &mut Parts) -> Option<Expected> {
    let number = *of_kind(&world.study, 7).last()?;
    let height = world.study.entries[number as usize].0.height;
    let mut entries = parts.entries();
    (
        entries[number as usize].0.beacon_height,
        entries[number as usize].0.beacon_hash,
    ) = (height, keccak256("none"));
    parts.forge(entries, false);
    Some(expect(C7, &["beacon-ahead"]).entry(number))
}

/// The state holds nothing under the id of another study.
fn other_number(world: &World, parts: &mut Parts) -> Option<Expected> {
    assert_eq!(Study::account("sponsor").len(), 20);
    parts.manifest.study.number = world.study.name.number + 40;
    assert_eq!(parts.manifest.network.chain_id, CHAIN);
    Some(expect(C2, &["head-differs"]))
}
