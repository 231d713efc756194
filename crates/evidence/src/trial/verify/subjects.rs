//! C3, C4 and C15: the records of the subjects, their sums, and the forms that are due.

use super::{
    ClaimId, Failure, Place,
    judge::Judge,
    replay::{Replay, SlotState},
};
use crate::trial::{
    SUBJECT_BYTES, SUMS_BYTES, Schedule, Subject, SumNode, SumTree, Sums,
    bundle::{Audience, Extent, Manifest, stream::Stream, zip::Archive},
    log::MAX_PATH,
    verify_subject,
};
use alloy_primitives::B256;

const FILE: &str = "subjects.bin";
const ERASED: u8 = 7;

/// Checks the file of records.
pub(super) fn check(
    archive: &Archive<'_>,
    (manifest, replay): (&Manifest, &Replay),
    judge: &mut Judge,
) -> Result<(), Failure> {
    let file = archive.file(FILE).ok_or(Failure::Missing { name: FILE })?;
    let mut stream = Stream::new(file);
    let mut tree = Some(SumTree::default());
    let mut count = 0_u32;
    while !stream.is_at_end().map_err(unreadable)? {
        let record = stream.take(SUBJECT_BYTES).map_err(unreadable)?;
        let record = Subject::decode(record).map_err(|what| Failure::form(FILE, &what))?;
        count += 1;
        if manifest.subjects == Extent::All {
            tree = tree.and_then(|mut tree| tree.append(&record).map(|()| tree));
            if record.slot != count {
                let text = format!("got the record of slot {}, expected {count}", record.slot);
                judge.fail(ClaimId::C3, "slot-gap", Place::slot(count), text);
            }
        } else {
            check_proof(&record, read_proof(&mut stream)?, (manifest, judge));
        }
        check_record(&record, replay, judge);
    }
    match manifest.subjects {
        Extent::All => check_sums(&tree.unwrap_or_default(), count, (manifest, replay), judge),
        Extent::None | Extent::Chosen => {
            judge.limit(
                ClaimId::C3,
                "the records of other subjects, of whom the proved sums tell the number",
            );
            judge.limit(ClaimId::C4, "the forms of other subjects");
        }
    }
    if manifest.audience == Audience::Participant && count != 1 {
        judge.fail(
            ClaimId::C3,
            "record-missing",
            Place::none(),
            "the bundle has no record of the subject",
        );
    }
    Ok(())
}

fn unreadable(source: std::io::Error) -> Failure {
    Failure::file(FILE, source)
}

fn read_proof(stream: &mut Stream<'_>) -> Result<Vec<SumNode>, Failure> {
    let count = usize::from(stream.take(1).map_err(unreadable)?[0]);
    if count > MAX_PATH {
        return Err(Failure::Form {
            name: FILE.into(),
            reason: "a proof is too long".into(),
        });
    }
    (0..count)
        .map(|_| {
            let bytes = stream.take(32 + SUMS_BYTES).map_err(unreadable)?;
            let sums = Sums::decode(&bytes[32..]).map_err(|what| Failure::form(FILE, &what))?;
            Ok(SumNode {
                hash: B256::from_slice(&bytes[..32]),
                sums,
            })
        })
        .collect()
}

fn check_proof(record: &Subject, proof: Vec<SumNode>, (manifest, judge): (&Manifest, &mut Judge)) {
    let place = (
        u64::from(record.slot).wrapping_sub(1),
        u64::from(manifest.head.subjects),
    );
    match verify_subject(place, record, &proof, &manifest.head.sums) {
        Ok(sums) => {
            let text = format!(
                "one of {} subjects, with {} entries together",
                sums.subjects, sums.entries
            );
            judge.note(ClaimId::C3, "sums", Place::slot(record.slot), text);
        }
        Err(failure) => judge.fail(
            ClaimId::C3,
            "record-differs",
            Place::slot(record.slot),
            failure.to_string(),
        ),
    }
}

/// The record says what the entries of the slot say.
fn check_record(record: &Subject, replay: &Replay, judge: &mut Judge) {
    let place = Place::slot(record.slot);
    let none = SlotState::default();
    let slot = replay.slots.get(&record.slot).unwrap_or(&none);
    if record.entries != slot.entries {
        let text = format!(
            "the bundle has {} entries of the subject, the ledger {}",
            slot.entries, record.entries
        );
        judge.fail(ClaimId::C2, "subject-entries-missing", place.clone(), text);
    } else if record.tip != slot.tip {
        judge.fail(
            ClaimId::C2,
            "tip-differs",
            place.clone(),
            "the chain of the subject's entries is not that of the ledger",
        );
    }
    if (record.items, record.nulls) != (slot.items, slot.nulls) {
        let text = format!(
            "the entries have {} items and {} nulls, the record {} and {}",
            slot.items, slot.nulls, record.items, record.nulls
        );
        judge.fail(ClaimId::C4, "items-differ", place.clone(), text);
    }
    if record.status == ERASED {
        judge.figures.erased_subjects += 1;
    }
    if (record.status == ERASED) != replay.erased.contains(&record.slot) {
        judge.fail(
            ClaimId::C15,
            "erasure-differs",
            place.clone(),
            "the record and the entries differ about an erasure",
        );
    }
    check_forms(record, slot, (replay, judge));
}

/// C4: the forms of due visits that are in no entry are counted in the record.
fn check_forms(record: &Subject, slot: &SlotState, (replay, judge): (&Replay, &mut Judge)) {
    let place = Place::slot(record.slot);
    let version = usize::from(record.schedule_version).checked_sub(1);
    let Some(cells) = version.and_then(|version| replay.schedules.get(version)) else {
        if replay.is_complete {
            judge.fail(
                ClaimId::C4,
                "schedule-unknown",
                place,
                "the record follows a schedule that was not registered",
            );
        } else {
            judge.unclaimed(
                ClaimId::C4,
                "the schedule of the subject, which an amendment brought",
            );
        }
        return;
    };
    let schedule = Schedule {
        root: B256::ZERO,
        cells: cells.clone(),
    };
    let absent: Vec<u32> = schedule
        .due_cells(record.due_visits)
        .filter(|cell| !slot.cells.contains_key(cell))
        .collect();
    if absent.len() as u32 != record.missing {
        let place = absent
            .first()
            .map_or(place.clone(), |cell| place.clone().cell(*cell));
        let text = format!(
            "{} due forms are in no entry, the record says {}",
            absent.len(),
            record.missing
        );
        judge.fail(ClaimId::C4, "missing-differs", place, text);
    } else if let Some(cell) = absent.first() {
        let text = format!(
            "{} due forms are neither captured nor declared missed yet",
            absent.len()
        );
        judge.note(ClaimId::C4, "missing", place.cell(*cell), text);
    }
}

fn check_sums(
    tree: &SumTree,
    count: u32,
    (manifest, replay): (&Manifest, &Replay),
    judge: &mut Judge,
) {
    let head = &manifest.head;
    if count != head.subjects || replay.subjects != count {
        let text = format!(
            "{count} records, {} consents, {} subjects on the ledger",
            replay.subjects, head.subjects
        );
        judge.fail(
            ClaimId::C3,
            "subjects-missing",
            Place::slot(count.min(replay.subjects) + 1),
            text,
        );
    }
    let root = tree.root();
    if root != Some(head.sums) {
        judge.fail(
            ClaimId::C3,
            "sums-differ",
            Place::none(),
            "the records do not make up the sums of the ledger",
        );
    }
    let sums = tree.top().map_or(Sums::default(), |top| top.sums);
    let text = format!(
        "{} subjects, {} entries, {} items, {} nulls, {} missing forms, {} open queries, {} unsigned",
        sums.subjects,
        sums.entries,
        sums.items,
        sums.nulls,
        sums.missing,
        sums.open_queries,
        sums.unsigned
    );
    judge.note(ClaimId::C3, "sums", Place::none(), text);
    let is_as_locked = replay.is_locked && replay.since_lock == 0;
    if is_as_locked && root.is_some_and(|root| root != replay.last_lock_sums) {
        let place = replay.last_lock.map_or_else(Place::none, Place::entry);
        judge.fail(
            ClaimId::C13,
            "lock-differs",
            place,
            "the lock is over other sums than stand there",
        );
    }
    if replay.is_locked && sums.missing > 0 {
        judge.fail(
            ClaimId::C4,
            "locked-with-missing",
            Place::none(),
            "the study is locked while forms are missing",
        );
    }
}
