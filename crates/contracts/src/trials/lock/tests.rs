//! Tests of `lock`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{lockCall, missCall},
    testing::{
        Who, World,
        trial::{STUDY, missed, question},
    },
};

#[test]
fn lock_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = lockCall {
        study: *STUDY,
        size: 0,
        root: B256::ZERO,
        sums: B256::ZERO,
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut locked = World::with_lock();
    let mut world = World::with_subjects(1);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::Agent, Who::Maker, Who::Author] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    locked.refuses(Who::OtherMaker, TRIALS, &call, Refusal::StudyLocked);
    for change in [
        |call: &mut lockCall| call.size += 1,
        |call: &mut lockCall| call.root = B256::ZERO,
        |call: &mut lockCall| call.sums = B256::ZERO,
    ] {
        call = world.locking();
        change(&mut call);
        world.refuses(Who::OtherMaker, TRIALS, &call, Refusal::DataChanged);
    }
    world.ok(Who::Agent, TRIALS, &question(1, 1, 1));
    call = world.locking();
    world.refuses(Who::OtherMaker, TRIALS, &call, Refusal::DataMissing);
    let forms = (0..6).map(|cell| missed(1, cell)).collect();
    let miss = missCall {
        study: *STUDY,
        forms,
    };
    world.ok(Who::Author, TRIALS, &miss);
    call = world.locking();
    world.refuses(Who::OtherMaker, TRIALS, &call, Refusal::QueriesOpen);
    world.ok(Who::Agent, TRIALS, &question(1, 1, 4));
    call = world.locking();
    world.refuses(Who::OtherMaker, TRIALS, &call, Refusal::SignaturesMissing);
    world.sign_subject(1);
    call = world.locking();
    world.ok(Who::OtherMaker, TRIALS, &call);
}

#[test]
fn a_lock_is_a_milestone_and_known_by_its_entry() {
    let mut world = World::with_whole_data();
    let before = world.study();
    let call = world.locking();
    world.ok(Who::OtherMaker, TRIALS, &call);
    let after = world.study();
    assert_eq!((after.status, after.lockEntry), (3, before.size));
    assert_eq!(after.sums, before.sums);
    let moment = world.milestone(3);
    assert_eq!((moment.size, moment.root), (after.size, after.root));
}
