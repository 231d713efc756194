//! Tests of `correct`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{Correction, correctCall, eraseCall},
    testing::{
        Who, World,
        trial::{STUDY, WORD, capture, captures, correction},
    },
};

fn call(corrections: &[Correction]) -> correctCall {
    correctCall {
        study: *STUDY,
        corrections: corrections.to_vec(),
    }
}

#[test]
fn correct_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    world.refuses(
        Who::Stranger,
        TRIALS,
        &call(&[correction(9, 9, 9)]),
        Refusal::StudyUnknown,
    );
    let mut locked = World::with_lock();
    let mut world = World::with_subjects(1);
    let mut form = correction(2, 0, 0);
    for count in [0, 257] {
        let many = call(&vec![form.clone(); count]);
        world.refuses(Who::Stranger, TRIALS, &many, Refusal::EntryCountOutOfRange);
    }
    locked.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::StudyLocked,
    );
    form.root = B256::ZERO;
    form.items = 0;
    form.reasonCode = 0;
    form.when.observed = u64::MAX;
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::SubjectUnknown,
    );
    form.slot = 1;
    world.refuses(
        Who::Stranger,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::NotEnrolled,
    );
    world.refuses(
        Who::Nurse,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::TrialRoleMissing,
    );
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::CommitmentMissing,
    );
    form.root = WORD;
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::ItemCountMalformed,
    );
    form.items = 1;
    for code in [0, 7] {
        form.reasonCode = code;
        world.refuses(
            Who::Author,
            TRIALS,
            &call(&[form.clone()]),
            Refusal::UnknownReason,
        );
    }
    form.reasonCode = 6;
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::ObservedAhead,
    );
    form.when.observed = 1;
    for cell in [0, 77, 1 << 31] {
        form.cell = cell;
        world.refuses(
            Who::Author,
            TRIALS,
            &call(&[form.clone()]),
            Refusal::CellEmpty,
        );
    }
    form.cell = 0;
    let entry = world.study().size;
    world.ok(Who::Author, TRIALS, &captures(vec![capture(1, 0)]));
    for other in [0, entry - 1, entry + 1] {
        form.entry = other;
        world.refuses(
            Who::Author,
            TRIALS,
            &call(&[form.clone()]),
            Refusal::EntryNotNewest,
        );
    }
    form.entry = entry;
    world.ok(Who::Author, TRIALS, &call(&[form.clone()]));
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::EntryNotNewest,
    );
    let erase = eraseCall {
        study: *STUDY,
        slot: 1,
        basis: 3,
        reason: WORD,
    };
    world.ok(Who::Author, TRIALS, &erase);
    world.refuses(Who::Author, TRIALS, &call(&[form]), Refusal::SubjectErased);
}

#[test]
fn a_correction_follows_a_correction_in_one_call_too() {
    let mut world = World::with_whole_data();
    assert_eq!(world.subject(1).unsigned, 0);
    let size = world.study().size;
    let entry = world.ok(
        Who::Stranger,
        TRIALS,
        &crate::interfaces::ITrials::entryOfCall {
            study: *STUDY,
            slot: 1,
            cell: 3,
        },
    );
    let both = call(&[correction(1, 3, entry), correction(1, 3, size)]);
    world.ok(Who::Author, TRIALS, &both);
    let found = world.subject(1);
    assert_eq!((found.items, found.missing, found.unsigned), (64, 0, 1));
}
