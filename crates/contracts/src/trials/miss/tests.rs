//! Tests of `miss`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{Missed, eraseCall, missCall},
    testing::{
        Who, World,
        trial::{STUDY, WORD, capture, captures, missed, withdrawal},
    },
};

fn call(forms: &[Missed]) -> missCall {
    missCall {
        study: *STUDY,
        forms: forms.to_vec(),
    }
}

#[test]
fn miss_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    world.refuses(
        Who::Stranger,
        TRIALS,
        &call(&[missed(9, 9)]),
        Refusal::StudyUnknown,
    );
    let mut locked = World::with_lock();
    let mut world = World::with_subjects(1);
    let mut form = missed(2, 6);
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
    form.reason = B256::ZERO;
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
        Who::Agent,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::TrialRoleMissing,
    );
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
        Refusal::CommitmentMissing,
    );
    form.reason = WORD;
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::ObservedAhead,
    );
    form.when.observed = 0;
    world.ok(Who::Author, TRIALS, &withdrawal(1, 1, 0b101));
    for cell in [6, 1 << 31] {
        form.cell = cell;
        world.refuses(
            Who::Author,
            TRIALS,
            &call(&[form.clone()]),
            Refusal::CellUnknown,
        );
    }
    form.cell = 2;
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::CellNotDue,
    );
    form.cell = 0;
    world.ok(Who::Author, TRIALS, &captures(vec![capture(1, 0)]));
    world.refuses(
        Who::Author,
        TRIALS,
        &call(&[form.clone()]),
        Refusal::CellCaptured,
    );
    let erase = eraseCall {
        study: *STUDY,
        slot: 1,
        basis: 2,
        reason: WORD,
    };
    world.ok(Who::Regulator, TRIALS, &erase);
    world.refuses(Who::Author, TRIALS, &call(&[form]), Refusal::SubjectErased);
}

#[test]
fn what_was_missed_is_not_missing_and_may_be_corrected() {
    let mut world = World::with_subjects(1);
    let forms: Vec<_> = (0..6).map(|cell| missed(1, cell)).collect();
    world.ok(Who::Author, TRIALS, &call(&forms));
    let found = world.subject(1);
    assert_eq!((found.missing, found.items, found.unsigned), (0, 0, 1));
    let late = captures(vec![capture(1, 2)]);
    world.refuses(Who::Author, TRIALS, &late, Refusal::CellCaptured);
}
