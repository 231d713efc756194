//! Tests of `approve_unlock`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::approveUnlockCall,
    testing::{
        Who, World,
        trial::{STUDY, WORD, capture, captures},
    },
};

fn approval(lock: u64) -> approveUnlockCall {
    approveUnlockCall {
        study: *STUDY,
        lockEntry: lock,
        reasonCode: 1,
        reason: WORD,
    }
}

#[test]
fn approve_unlock_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = approval(0);
    call.reasonCode = 0;
    call.reason = B256::ZERO;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_whole_data();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Maker, TRIALS, &call, Refusal::NotAnApprover);
    world.refuses(Who::Clinic, TRIALS, &call, Refusal::NotLocked);
    let mut world = World::with_lock();
    world.refuses(Who::Clinic, TRIALS, &call, Refusal::LockDiffers);
    call.lockEntry = world.study().lockEntry;
    for code in [0, 5] {
        call.reasonCode = code;
        world.refuses(Who::Clinic, TRIALS, &call, Refusal::UnknownReason);
    }
    call.reasonCode = 4;
    world.refuses(Who::Clinic, TRIALS, &call, Refusal::CommitmentMissing);
    call.reason = WORD;
    world.ok(Who::Clinic, TRIALS, &call);
    world.refuses(Who::Clinic, TRIALS, &call, Refusal::UnlockApprovedAlready);
}

#[test]
fn the_approval_that_reaches_the_threshold_unlocks_for_this_lock_alone() {
    let mut world = World::with_lock();
    let lock = world.study().lockEntry;
    let late = captures(vec![capture(1, 1 << 31)]);
    world.ok(Who::Regulator, TRIALS, &approval(lock));
    assert_eq!(world.study().status, 3);
    world.refuses(Who::Author, TRIALS, &late, Refusal::StudyLocked);
    world.ok(Who::Hospital, TRIALS, &approval(lock));
    let study = world.study();
    assert_eq!((study.status, study.lockEntry), (2, 0));
    assert_eq!(world.milestone(6).size, study.size);
    world.refuses(Who::Clinic, TRIALS, &approval(lock), Refusal::NotLocked);
    world.ok(Who::Author, TRIALS, &late);
    world.sign_subject(1);
    let again = world.locking();
    world.ok(Who::OtherMaker, TRIALS, &again);
    world.refuses(Who::Clinic, TRIALS, &approval(lock), Refusal::LockDiffers);
    let lock = world.study().lockEntry;
    world.ok(Who::Regulator, TRIALS, &approval(lock));
    assert_eq!(world.study().status, 3, "approvals begin anew");
}
