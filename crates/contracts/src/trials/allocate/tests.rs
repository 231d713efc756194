//! Tests of `allocate`.

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{allocateCall, placeOfCall},
    testing::{
        Who, World,
        trial::{STUDY, amendment, consent, investigator, list, withdrawal},
    },
};

fn take(slot: u32) -> allocateCall {
    allocateCall {
        study: *STUDY,
        slot,
        list: 1,
    }
}

#[test]
fn allocate_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let call = take(1);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut locked = World::with_lock();
    locked.refuses(Who::Author, TRIALS, &call, Refusal::StudyLocked);
    let mut world = World::with_study();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SubjectUnknown);
    world.ok(Who::OtherPharmacist, TRIALS, &list(1));
    world.ok(Who::Author, TRIALS, &consent(1));
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::Administrator, Who::Physician, Who::Maker] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    let other = allocateCall {
        list: 2,
        ..call.clone()
    };
    world.refuses(Who::Author, TRIALS, &other, Refusal::ListUnknown);
    world.refuses(Who::Author, TRIALS, &call, Refusal::ListNotSealed);
    let mut world = World::with_list();
    for slot in 1..=9 {
        world.ok(investigator(slot), TRIALS, &consent(slot));
    }
    world.ok(Who::Author, TRIALS, &take(1));
    world.ok(Who::Author, TRIALS, &withdrawal(9, 1, 0));
    world.refuses(Who::Author, TRIALS, &take(9), Refusal::SubjectEnded);
    world.refuses(Who::Author, TRIALS, &take(1), Refusal::AllocatedAlready);
    for slot in 2..=6 {
        world.ok(Who::Pharmacist, TRIALS, &take(slot));
    }
    world.refuses(Who::Author, TRIALS, &take(7), Refusal::ListExhausted);
    world.ok(Who::Maker, TRIALS, &amendment(2));
    world.refuses(Who::Author, TRIALS, &take(7), Refusal::ConsentOutdated);
}

#[test]
fn indexes_are_taken_in_order_by_whoever_comes() {
    let mut world = World::with_list();
    for slot in 1..=4 {
        world.ok(investigator(slot), TRIALS, &consent(slot));
    }
    for (slot, index) in [(3, 0), (1, 1), (4, 2), (2, 3)] {
        let taken = world.ok(investigator(slot), TRIALS, &take(slot));
        assert_eq!(taken, index);
        assert_eq!(world.subject(slot).status, 2);
        let view = placeOfCall {
            study: *STUDY,
            list: 1,
            slot,
        };
        assert_eq!(world.ok(Who::Stranger, TRIALS, &view), index + 1);
    }
    assert_eq!(world.list(1).next, 4);
}
