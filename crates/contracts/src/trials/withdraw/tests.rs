//! Tests of `withdraw`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::missCall,
    testing::{
        Who, World,
        trial::{STUDY, WORD, capture, captures, missed, withdrawal},
    },
};

#[test]
fn withdraw_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = withdrawal(2, 0, 0b1000);
    call.reason = B256::ZERO;
    call.when.beaconHeight = 1;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut locked = World::with_lock();
    let mut world = World::with_subjects(1);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SubjectUnknown);
    call.slot = 1;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::OtherPatient, Who::Physician, Who::Maker] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    locked.refuses(Who::Patient, TRIALS, &call, Refusal::StudyLocked);
    for scope in [0, 5] {
        call.scope = scope;
        world.refuses(Who::Patient, TRIALS, &call, Refusal::UnknownEndScope);
    }
    call.scope = 4;
    world.refuses(Who::Patient, TRIALS, &call, Refusal::CommitmentMissing);
    call.reason = WORD;
    world.refuses(Who::Author, TRIALS, &call, Refusal::BeaconMalformed);
    call.when.beaconHeight = 0;
    world.refuses(Who::Author, TRIALS, &call, Refusal::VisitsNotDue);
    call.due = 0b001;
    world.refuses(Who::Author, TRIALS, &call, Refusal::FormsMissing);
    call.due = 0;
    world.ok(Who::Author, TRIALS, &call);
    world.refuses(Who::Author, TRIALS, &call, Refusal::SubjectEnded);
}

#[test]
fn what_remains_due_is_captured_and_nothing_else_is_missing() {
    let mut world = World::with_subjects(1);
    let first = captures(vec![capture(1, 0), capture(1, 2)]);
    world.ok(Who::Author, TRIALS, &first);
    world.ok(Who::Patient, TRIALS, &withdrawal(1, 1, 0b001));
    let found = world.subject(1);
    assert_eq!((found.status, found.due, found.missing), (3, 0b001, 1));
    assert_eq!((found.items, found.unsigned), (20, 1));
    let late = captures(vec![capture(1, 3)]);
    world.refuses(Who::Author, TRIALS, &late, Refusal::CellNotDue);
    world.ok(Who::Author, TRIALS, &captures(vec![capture(1, 1)]));
    assert_eq!(world.sums().missing, 0);
}

#[test]
fn after_a_withdrawal_of_consent_nothing_is_captured_and_missed_forms_are_said_so() {
    let mut world = World::with_subjects(1);
    world.ok(Who::Patient, TRIALS, &withdrawal(1, 2, 0b001));
    assert_eq!(world.subject(1).status, 4);
    for cell in [0, 1 << 31] {
        let call = captures(vec![capture(1, cell)]);
        world.refuses(Who::Author, TRIALS, &call, Refusal::SubjectEnded);
    }
    let call = missCall {
        study: *STUDY,
        forms: vec![missed(1, 0), missed(1, 1)],
    };
    world.ok(Who::Author, TRIALS, &call);
    assert_eq!(world.subject(1).missing, 0);
}

#[test]
fn who_left_the_treatment_may_still_withdraw_the_consent() {
    for (first, second, status) in [(1, 2, 4), (1, 4, 5), (4, 2, 4)] {
        let mut world = World::with_subjects(1);
        world.ok(Who::Author, TRIALS, &withdrawal(1, first, 0));
        world.ok(Who::Author, TRIALS, &withdrawal(1, second, 0));
        assert_eq!(world.subject(1).status, status);
        for scope in [1, 3] {
            let call = withdrawal(1, scope, 0);
            world.refuses(Who::Author, TRIALS, &call, Refusal::SubjectEnded);
        }
    }
}
