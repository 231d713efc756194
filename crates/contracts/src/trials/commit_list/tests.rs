//! Tests of `commit_list`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    testing::{
        Who, World,
        trial::{WORD, list},
    },
};

#[test]
fn commit_list_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = list(2);
    call.baseRoot = B256::ZERO;
    call.secret = B256::ZERO;
    call.length = 0;
    call.delay = 7;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let statistician = Who::OtherPharmacist;
    let mut locked = World::with_lock();
    locked.refuses(statistician, TRIALS, &call, Refusal::StudyLocked);
    let mut enrolling = World::with_subjects(1);
    enrolling.refuses(statistician, TRIALS, &call, Refusal::ConsentBegun);
    let mut world = World::with_study();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::Wholesaler, Who::Maker, Who::Pharmacist] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for number in [0, 2] {
        call.list = number;
        world.refuses(statistician, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.list = 1;
    world.refuses(statistician, TRIALS, &call, Refusal::CommitmentMissing);
    call.baseRoot = WORD;
    world.refuses(statistician, TRIALS, &call, Refusal::CommitmentMissing);
    call.secret = WORD;
    for (length, block) in [(0, 0), (6, 0), (0, 2), (6, 4), (1_000_002, 2)] {
        (call.length, call.blockLength) = (length, block);
        world.refuses(statistician, TRIALS, &call, Refusal::ListMalformed);
    }
    (call.length, call.blockLength) = (6, 2);
    for delay in [0, 7, 8_192] {
        call.delay = delay;
        world.refuses(statistician, TRIALS, &call, Refusal::ListDelayOutOfRange);
    }
    call.delay = 8_191;
    world.ok(statistician, TRIALS, &call);
    let found = world.list(1);
    assert_eq!(found.height, world.host.height + 8_191);
    assert_eq!((found.length, found.next, found.status), (6, 0, 1));
    assert_eq!(world.study().lists, 1);
}
