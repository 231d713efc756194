//! Tests of `capture`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{Capture, Entered, captureCall, entryOfCall},
    testing::{
        Who, World,
        trial::{STUDY, WORD, amendment, capture, captures, withdrawal},
    },
    trials::sha256,
};

fn one(capture: Capture) -> captureCall {
    captures(vec![capture])
}

#[test]
fn capture_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    world.refuses(
        Who::Stranger,
        TRIALS,
        &captures(vec![capture(9, 9)]),
        Refusal::StudyUnknown,
    );
    let mut locked = World::with_lock();
    let mut world = World::with_subjects(3);
    for count in [0, 257] {
        let call = captures(vec![capture(9, 9); count]);
        let refusal = Refusal::EntryCountOutOfRange;
        world.refuses(Who::Stranger, TRIALS, &call, refusal);
    }
    let mut form = capture(4, 6);
    form.root = B256::ZERO;
    form.items = 0;
    form.when.observed = u64::MAX;
    locked.refuses(
        Who::Author,
        TRIALS,
        &one(form.clone()),
        Refusal::StudyLocked,
    );
    for slot in [0, 4] {
        form.slot = slot;
        world.refuses(
            Who::Stranger,
            TRIALS,
            &one(form.clone()),
            Refusal::SubjectUnknown,
        );
    }
    form.slot = 1;
    world.refuses(
        Who::Stranger,
        TRIALS,
        &one(form.clone()),
        Refusal::NotEnrolled,
    );
    for who in [Who::Physician, Who::Agent, Who::Maker] {
        world.refuses(who, TRIALS, &one(form.clone()), Refusal::TrialRoleMissing);
    }
    world.refuses(
        Who::Author,
        TRIALS,
        &one(form.clone()),
        Refusal::CommitmentMissing,
    );
    form.root = WORD;
    for (items, nulls) in [(0, 0), (1, 2)] {
        (form.items, form.nulls) = (items, nulls);
        world.refuses(
            Who::Author,
            TRIALS,
            &one(form.clone()),
            Refusal::ItemCountMalformed,
        );
    }
    (form.items, form.nulls) = (2, 2);
    world.refuses(
        Who::Author,
        TRIALS,
        &one(form.clone()),
        Refusal::ObservedAhead,
    );
    form.when.observed = 1;
    world.ok(Who::Author, TRIALS, &withdrawal(3, 2, 0));
    world.ok(Who::Maker, TRIALS, &amendment(2));
    form.slot = 3;
    world.refuses(
        Who::Author,
        TRIALS,
        &one(form.clone()),
        Refusal::SubjectEnded,
    );
    form.slot = 1;
    world.refuses(
        Who::Author,
        TRIALS,
        &one(form.clone()),
        Refusal::ConsentOutdated,
    );
    let mut world = World::with_subjects(1);
    world.ok(Who::Author, TRIALS, &withdrawal(1, 1, 0b101));
    for cell in [6, 1 << 20] {
        form.cell = cell;
        world.refuses(
            Who::Author,
            TRIALS,
            &one(form.clone()),
            Refusal::CellUnknown,
        );
    }
    form.cell = 2;
    world.refuses(Who::Author, TRIALS, &one(form.clone()), Refusal::CellNotDue);
    for cell in [(1 << 31) + 1, u32::MAX] {
        form.cell = cell;
        world.refuses(
            Who::Author,
            TRIALS,
            &one(form.clone()),
            Refusal::CellNotNext,
        );
    }
    form.cell = 1;
    world.ok(Who::Author, TRIALS, &one(form.clone()));
    world.refuses(Who::Author, TRIALS, &one(form), Refusal::CellCaptured);
}

#[test]
fn a_list_is_captured_whole_or_not_at_all() {
    let mut world = World::with_subjects(2);
    let twice = captures(vec![capture(1, 0), capture(1, 1), capture(1, 0)]);
    world.refuses(Who::Author, TRIALS, &twice, Refusal::CellCaptured);
    let others = captures(vec![capture(1, 0), capture(2, 0)]);
    world.refuses(Who::Author, TRIALS, &others, Refusal::TrialRoleMissing);
}

#[test]
fn each_form_is_an_entry_and_a_link_of_the_subjects_chain() {
    let mut world = World::with_subjects(1);
    let (before, study) = (world.subject(1), world.study());
    let forms = vec![capture(1, 5), capture(1, 0), capture(1, 1 << 31)];
    world.ok(Who::Administrator, TRIALS, &captures(forms));
    let found = world.subject(1);
    assert_eq!((found.entries, found.items, found.nulls), (4, 30, 3));
    assert_eq!((found.missing, found.unscheduled), (4, 1));
    assert_eq!(found.unsigned, 1);
    let logs = world.host.logs();
    let mut tip = before.tip;
    for (log, number) in logs[logs.len() - 3..].iter().zip(0u64..) {
        let event = Entered::decode_log(log).expect("the event").data;
        assert_eq!((event.number, event.slot), (study.size + number, 1));
        let leaf = sha256(&[&[0], &event.entry]);
        tip = sha256(&[&[4], tip.as_slice(), leaf.as_slice()]);
    }
    assert_eq!(found.tip, tip);
    for (cell, entry) in [(5, 0), (0, 1), (1 << 31, 2)] {
        let view = entryOfCall {
            study: *STUDY,
            slot: 1,
            cell,
        };
        let newest = world.ok(Who::Stranger, TRIALS, &view);
        assert_eq!(newest, study.size + entry);
    }
}
