//! All entries in their order: the log, the chains of the subjects, times, and what each kind of entry means.

mod rules;
mod state;
mod times;

pub(super) use state::{FormRef, ListState, Replay, SignatureRef, SlotState};

use super::{ClaimId, Failure, Place, beacons::Beacons, chain::Ledger, judge::Judge};
use crate::{
    digest::sha256,
    trial::{
        Body, ENTRY_BYTES, Entry,
        bundle::{Extent, Manifest, stream::Stream, zip::Archive},
        log::{MAX_PATH, verify_inclusion},
        next_tip,
    },
};
use alloy_primitives::B256;
use times::Times;

const FILE: &str = "entries.bin";
/// Longest body, in bytes.
const MAX_BODY: usize = 1 << 16;

/// What an entry is checked against.
pub(super) type Given<'a> = (&'a Manifest, &'a Ledger, &'a Beacons);

/// An entry as the file has it.
struct Filed {
    entry: Entry,
    body: Vec<u8>,
    path: Vec<B256>,
}

/// Checks the file of entries.
pub(super) fn run(
    archive: &Archive<'_>,
    given: Given<'_>,
    judge: &mut Judge,
) -> Result<Replay, Failure> {
    let (manifest, ledger, beacons) = given;
    let file = archive.file(FILE).ok_or(Failure::Missing { name: FILE })?;
    let mut stream = Stream::new(file);
    let is_complete = manifest.entries == Extent::All;
    let mut replay = Replay::new(ledger.chain_id, is_complete);
    let mut times = Times::new(ledger.block.height, beacons);
    let mut marks = Marks::new(ledger);
    while !stream.is_at_end().map_err(unreadable)? {
        let filed = read(&mut stream, is_complete)?;
        check_place(&filed, &mut replay, (ledger, judge));
        times.check(&filed.entry, judge);
        let leaf = filed.entry.leaf();
        match Body::decode(filed.entry.kind, &filed.body) {
            Ok(body) => replay.apply(&filed.entry, &body, judge),
            Err(what) => {
                judge.fail(
                    ClaimId::C2,
                    "body-malformed",
                    place_of(&filed.entry),
                    what.to_string(),
                );
            }
        }
        follow(&mut replay, &filed.entry, (leaf, judge));
        replay.log.append(leaf);
        if is_complete {
            marks.check(&replay);
        }
        if replay.seen > manifest.head.size {
            return Err(Failure::Form {
                name: FILE.into(),
                reason: "more entries than the head says".into(),
            });
        }
    }
    finish(&mut replay, (ledger, &marks), judge);
    Ok(replay)
}

fn unreadable(source: std::io::Error) -> Failure {
    Failure::file(FILE, source)
}

fn read(stream: &mut Stream<'_>, is_complete: bool) -> Result<Filed, Failure> {
    let entry = stream.take(ENTRY_BYTES).map_err(unreadable)?;
    let entry = Entry::decode(entry).map_err(|what| Failure::form(FILE, &what))?;
    let body = stream.framed(MAX_BODY).map_err(unreadable)?.to_vec();
    let mut path = Vec::new();
    if !is_complete {
        let count = usize::from(stream.take(1).map_err(unreadable)?[0]);
        if count > MAX_PATH {
            return Err(Failure::Form {
                name: FILE.into(),
                reason: "a proof is too long".into(),
            });
        }
        let bytes = stream.take(count * 32).map_err(unreadable)?;
        path.extend(bytes.chunks_exact(32).map(B256::from_slice));
    }
    Ok(Filed { entry, body, path })
}

pub(super) fn place_of(entry: &Entry) -> Place {
    Place::entry(entry.number).of(entry.slot)
}

/// The entry is of this study, has its number and its body, and is in the log.
fn check_place(filed: &Filed, replay: &mut Replay, (ledger, judge): (&Ledger, &mut Judge)) {
    let Filed { entry, body, path } = filed;
    if entry.study != ledger.study {
        judge.fail(
            ClaimId::C2,
            "other-study",
            place_of(entry),
            "the entry is of another study",
        );
    }
    let follows = if replay.is_complete {
        entry.number == replay.seen
    } else {
        replay.next_number <= entry.number
    };
    if !follows {
        let place = Place::entry(replay.next_number);
        let text = format!(
            "got entry {}, expected {}",
            entry.number, replay.next_number
        );
        judge.fail(ClaimId::C2, "number-differs", place, text);
    }
    if sha256(&[body]) != entry.body {
        judge.fail(
            ClaimId::C2,
            "body-differs",
            place_of(entry),
            "the body is not the one that the entry names",
        );
    }
    if !replay.is_complete {
        let at = (entry.number, ledger.head.size);
        if let Err(failure) = verify_inclusion(at, &entry.leaf(), path, &ledger.head.root) {
            judge.fail(
                ClaimId::C2,
                "not-in-log",
                place_of(entry),
                failure.to_string(),
            );
        }
    }
    replay.seen += 1;
    replay.next_number = entry.number.saturating_add(1);
}

/// The subject's chain goes on with the entry.
fn follow(replay: &mut Replay, entry: &Entry, (leaf, judge): (B256, &mut Judge)) {
    if entry.slot == 0 {
        if entry.subject_number != 0 {
            judge.fail(
                ClaimId::C2,
                "subject-number-differs",
                place_of(entry),
                "an entry of no subject has a number in one",
            );
        }
        return;
    }
    let slot = replay.slots.entry(entry.slot).or_default();
    if entry.subject_number != slot.entries {
        let text = format!(
            "got number {} of the subject, expected {}",
            entry.subject_number, slot.entries
        );
        judge.fail(ClaimId::C2, "subject-number-differs", place_of(entry), text);
    }
    slot.entries += 1;
    slot.tip = next_tip(&slot.tip, &leaf);
}

/// The roots that the state keeps of the log at its milestones, so that a difference has a place.
struct Marks {
    roots: Vec<(u64, B256)>,
    good: u64,
    bad: Option<u64>,
}

impl Marks {
    fn new(ledger: &Ledger) -> Self {
        let reached = ledger
            .milestones
            .iter()
            .filter(|milestone| milestone.is_reached());
        let mut roots: Vec<_> = reached
            .map(|milestone| (milestone.size, milestone.root))
            .collect();
        roots.push((ledger.head.size, ledger.head.root));
        roots.sort_unstable();
        Self {
            roots,
            good: 0,
            bad: None,
        }
    }

    fn check(&mut self, replay: &Replay) {
        let size = replay.log.size();
        let marks = self.roots.iter().filter(|(mark, _)| *mark == size);
        let mut marks = marks.peekable();
        if marks.peek().is_none() {
            return;
        }
        let root = replay.log.root();
        if marks.all(|(_, expected)| *expected == root) {
            if self.bad.is_none() {
                self.good = size;
            }
        } else {
            self.bad.get_or_insert(size);
        }
    }
}

fn finish(replay: &mut Replay, (ledger, marks): (&Ledger, &Marks), judge: &mut Judge) {
    judge.figures.entries = replay.seen;
    judge.figures.subjects = ledger.head.subjects;
    if replay.is_complete {
        let size = ledger.head.size;
        if let Some(bad) = marks.bad {
            let text = format!(
                "among the entries {} to {} one is not that of the ledger",
                marks.good,
                bad - 1
            );
            judge.fail(ClaimId::C2, "log-differs", Place::entry(marks.good), text);
        }
        if replay.seen != size {
            let text = format!("got {} entries, expected {size}", replay.seen);
            judge.fail(
                ClaimId::C2,
                "entries-missing",
                Place::entry(replay.seen),
                text,
            );
        }
    }
    judge.is_log_proved = !judge.has_failed(ClaimId::C2);
    check_registration(replay, (ledger, judge));
}

/// C5: the first entry registers this study, before any consent.
fn check_registration(replay: &Replay, (ledger, judge): (&Ledger, &mut Judge)) {
    let [registered, consent, ..] = ledger.milestones.as_slice() else {
        return;
    };
    let Some(number) = replay.registered else {
        judge.fail(
            ClaimId::C5,
            "not-registered",
            Place::entry(0),
            "the log does not begin with the registration",
        );
        return;
    };
    if number != ledger.head.number {
        judge.fail(
            ClaimId::C5,
            "number-differs",
            Place::entry(0),
            "the registration has another number at the sponsor",
        );
    }
    if registered.size != 1 {
        judge.fail(
            ClaimId::C5,
            "milestone-differs",
            Place::entry(0),
            "the registration was not the first entry",
        );
    }
    let first = replay.first_consent.map_or(0, |(entry, _)| entry + 1);
    if replay.is_complete && consent.size != first {
        judge.fail(
            ClaimId::C5,
            "milestone-differs",
            Place::entry(first),
            "the first consent was another entry",
        );
    }
    if consent.is_reached()
        && registered.height >= consent.height
        && registered.time_ms >= consent.time_ms
    {
        let text = "the first consent stands in the block of the registration: which came first, the order of the log alone says";
        judge.note(
            ClaimId::C5,
            "same-block",
            Place::entry(first.saturating_sub(1)),
            text,
        );
    }
    let text = match consent.is_reached() {
        true => format!(
            "registered at height {}, {}; first consent at height {}, {}",
            registered.height,
            crate::bundle::utc(registered.time_ms),
            consent.height,
            crate::bundle::utc(consent.time_ms)
        ),
        false => format!("registered at height {}, no consent yet", registered.height),
    };
    judge.note(ClaimId::C5, "times", Place::entry(0), text);
}
