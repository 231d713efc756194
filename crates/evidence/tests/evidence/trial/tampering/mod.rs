//! What a sponsor or operator without a quorum can do to a bundle, hashes and inner roots made anew as far as they can be.

mod block;
mod dropped;
mod entries;
mod lists;
mod shown;
mod values;

use super::{dice::Dice, parts::Parts, study::Study, world::World};
use theriac_evidence::trial::verify::{ClaimId, Place};

/// What has to be found: the claim, the code, and where.
#[derive(Debug)]
pub struct Expected {
    pub claim: ClaimId,
    pub code: &'static str,
    pub place: Place,
}

fn expect(claim: ClaimId, code: &'static str, place: Place) -> Expected {
    Expected { claim, code, place }
}

/// Changes a bundle; `None` where the study has nothing of the kind.
pub type Change = fn(&World, &mut Parts, &mut Dice) -> Option<Expected>;

pub const CHANGES: [(&str, Change); 41] = [
    ("a value is changed", values::value),
    (
        "a value is changed and all roots are made anew",
        values::value_with_roots,
    ),
    (
        "a value is changed and the head too",
        values::value_with_head,
    ),
    ("a reason is changed", values::reason),
    (
        "a reason's code is changed in its entry",
        entries::reason_code,
    ),
    ("a claimed time is changed", entries::observed),
    ("an entry is moved to an earlier block", entries::backdated),
    ("two entries change places", entries::order),
    ("a subject is dropped", dropped::subject),
    (
        "a subject is dropped, from the head too",
        dropped::subject_from_head,
    ),
    ("a record is dropped alone", dropped::record),
    ("a visit is dropped", dropped::visit),
    ("a query is dropped", dropped::query),
    ("a correction is dropped", dropped::correction),
    ("a site is dropped with its subjects", dropped::site),
    ("the last entries are dropped", dropped::last),
    ("a slot is given twice", entries::duplicate_slot),
    ("a record is changed", entries::change_record),
    ("arms of a list are swapped", lists::swap_arms),
    (
        "the indexes of two subjects are swapped",
        lists::swap_allocations,
    ),
    ("the secret of a list is changed", lists::change_secret),
    ("a list is opened before unblinding", lists::open_list),
    ("a signature is spliced", entries::splice),
    ("a printed name is changed", shown::rename),
    ("the head is forged", block::forge_head),
    ("the block is a fork without certificate", block::fork),
    (
        "the block is a fork under another's certificate",
        block::fork_with_certificate,
    ),
    ("the certificate is changed", block::certificate),
    ("a null is stripped", values::strip_null),
    ("a null is called a value", values::null_as_value),
    ("the values of a form are left out", values::drop_form),
    ("an exported row is changed", shown::row),
    ("an exported row is dropped", shown::drop_row),
    ("an outcome is switched in its words", shown::switch_words),
    (
        "an outcome is switched in the registration",
        entries::switch_outcome,
    ),
    ("registrations are hidden", block::hide_registrations),
    ("an unlock is hidden", dropped::unlock),
    ("a milestone is moved", block::move_milestone),
    (
        "a block that a device knew is left out",
        shown::drop_beacons,
    ),
    (
        "a block that a device knew is another",
        entries::other_beacon,
    ),
    ("the study is given another number", block::other_number),
];

/// Where the log shows that an entry is not the ledger's: at the last certified size up to which it is.
fn since_mark(parts: &Parts, entry: u64) -> Place {
    let sizes = parts
        .manifest
        .milestones
        .iter()
        .map(|milestone| milestone.size);
    let good = sizes.filter(|size| *size <= entry).max();
    Place::entry(good.unwrap_or(0))
}

/// An entry with its subject.
fn entry(study: &Study, number: u64) -> Place {
    Place::entry(number).of(study.entries[number as usize].0.slot)
}

/// Leaves out the entries that `is_dropped` names, and what belongs to them; the number of the first.
fn drop_entries(
    parts: &mut Parts,
    is_dropped: impl Fn(&theriac_evidence::trial::Entry) -> bool,
    and_head: bool,
) -> Option<u64> {
    let all = parts.entries();
    let first = all.iter().find(|(entry, _)| is_dropped(entry))?.0.number;
    let kept: Vec<_> = all
        .into_iter()
        .filter(|(entry, _)| !is_dropped(entry))
        .collect();
    let mut forms = parts.forms();
    forms.retain_mut(|(number, _)| {
        let place = kept.iter().position(|(entry, _)| entry.number == *number);
        *number = place.unwrap_or_default() as u64;
        place.is_some()
    });
    parts.set_forms(&forms);
    parts.forge(kept, and_head);
    Some(first)
}
