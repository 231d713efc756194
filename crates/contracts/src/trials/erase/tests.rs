//! Tests of `erase`.

use alloy_primitives::{Address, B256};

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::eraseCall,
    testing::{
        Who, World,
        trial::{RETENTION, STUDY, WORD, capture, captures, question},
    },
};

fn erasure() -> eraseCall {
    eraseCall {
        study: *STUDY,
        slot: 1,
        basis: 2,
        reason: WORD,
    }
}

#[test]
fn erase_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = eraseCall {
        slot: 2,
        basis: 0,
        reason: B256::ZERO,
        ..erasure()
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_subjects(1);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SubjectUnknown);
    call.slot = 1;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::Maker, Who::Physician, Who::Administrator] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for basis in [0, 4] {
        call.basis = basis;
        world.refuses(Who::Regulator, TRIALS, &call, Refusal::UnknownErasureBasis);
    }
    call.basis = 1;
    world.refuses(Who::Regulator, TRIALS, &call, Refusal::CommitmentMissing);
    call.reason = WORD;
    world.host.time_ms = RETENTION - 1;
    world.refuses(Who::Regulator, TRIALS, &call, Refusal::RetentionNotOver);
    world.host.time_ms = RETENTION;
    world.ok(Who::Regulator, TRIALS, &call);
    world.refuses(Who::Regulator, TRIALS, &call, Refusal::SubjectErased);
}

#[test]
fn an_erased_subject_keeps_its_place_and_its_counts() {
    let mut world = World::with_subjects(3);
    world.ok(Who::Author, TRIALS, &captures(vec![capture(1, 0)]));
    world.ok(Who::Agent, TRIALS, &question(1, 1, 1));
    let before = world.subject(1);
    world.ok(Who::Author, TRIALS, &erasure());
    let after = world.subject(1);
    assert_eq!((after.status, after.missing, after.due), (7, 0, 0));
    assert_eq!((after.unsigned, after.openQueries), (0, 1));
    assert_eq!(after.entries, before.entries + 1);
    assert_eq!((after.items, after.nulls), (before.items, before.nulls));
    assert_eq!(after.participant, Address::ZERO);
    assert_eq!((world.study().subjects, world.sums().missing), (3, 12));
    world.ok(Who::Agent, TRIALS, &question(1, 1, 4));
    let call = captures(vec![capture(1, 1)]);
    world.refuses(Who::Author, TRIALS, &call, Refusal::SubjectEnded);
}

#[test]
fn a_subject_of_a_locked_study_is_erased_without_unlocking() {
    let mut world = World::with_lock();
    world.ok(Who::Regulator, TRIALS, &erasure());
    assert_eq!(world.study().status, 3);
    assert_eq!(world.subject(1).status, 7);
}
