//! Tests of `amend`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::amendCall,
    testing::{
        Who, World,
        trial::{WORD, amendment, outcome},
    },
};

#[test]
fn amend_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = amendment(1);
    call.protocol = B256::ZERO;
    call.reason = B256::ZERO;
    call.reasonCode = 0;
    call.schedule.root = B256::ZERO;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_study();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::OtherMaker, Who::Author, Who::Hospital] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for version in [0, 1, 3] {
        call.version = version;
        world.refuses(Who::Maker, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.version = 2;
    for give in [
        |call: &mut amendCall| call.protocol = WORD,
        |call: &mut amendCall| call.reason = WORD,
        |call: &mut amendCall| call.schedule.root = WORD,
    ] {
        world.refuses(Who::Maker, TRIALS, &call, Refusal::CommitmentMissing);
        give(&mut call);
    }
    for code in [0, 7] {
        call.reasonCode = code;
        world.refuses(Who::Maker, TRIALS, &call, Refusal::UnknownReason);
    }
    call.reasonCode = 6;
    for cells in [vec![], vec![2, 3], vec![2, 4, 1], vec![3, 2, 1, 1]] {
        call.schedule.cells = cells.into();
        world.refuses(Who::Maker, TRIALS, &call, Refusal::ScheduleDiffers);
    }
    for cells in [vec![2, 3, 1, 0], [vec![2, 3, 1], vec![1; 62]].concat()] {
        call.schedule.cells = cells.into();
        world.refuses(Who::Maker, TRIALS, &call, Refusal::ScheduleMalformed);
    }
    call.schedule.cells = vec![2, 0, 1].into();
    call.outcomes = vec![outcome(2, 1)];
    world.refuses(Who::Maker, TRIALS, &call, Refusal::PrimaryMissing);
    call.outcomes = vec![outcome(1, 1)];
    world.ok(Who::Maker, TRIALS, &call);
    call.version = 3;
    call.schedule.cells = vec![2, 3, 1].into();
    let unretired = Refusal::ScheduleDiffers;
    world.refuses(Who::Manager, TRIALS, &call, unretired);
    call.schedule.cells = vec![2, 0, 1, 4].into();
    world.ok(Who::Manager, TRIALS, &call);
}

#[test]
fn an_amendment_leaves_what_it_does_not_name_and_is_entered() {
    let mut world = World::with_study();
    let before = world.study();
    let mut call = amendment(2);
    call.schedule = Default::default();
    call.renew = false;
    world.ok(Who::Manager, TRIALS, &call);
    let after = world.study();
    assert_eq!(after.size, before.size + 1);
    assert_eq!((after.version, after.consent, after.schedule), (2, 1, 1));
    assert_eq!((after.visits, after.outcomes), (3, 2));
    assert_eq!(after.protocol, call.protocol);
    let mut call = amendment(3);
    call.outcomes = vec![outcome(1, 7)];
    world.ok(Who::Manager, TRIALS, &call);
    let last = world.study();
    assert_eq!((last.version, last.consent, last.schedule), (3, 3, 2));
    assert_eq!((last.visits, last.cells, last.outcomes), (4, 8, 1));
}
