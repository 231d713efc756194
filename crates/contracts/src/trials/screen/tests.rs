//! Tests of `screen`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::screenCall,
    testing::{
        Who, World,
        trial::{STUDY, WORD},
    },
};

#[test]
fn screen_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = screenCall {
        study: *STUDY,
        report: B256::ZERO,
        number: 2,
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_study();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::Wholesaler, Who::Maker, Who::Author] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for number in [0, 2] {
        call.number = number;
        world.refuses(Who::Agent, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.number = 1;
    world.refuses(Who::Agent, TRIALS, &call, Refusal::CommitmentMissing);
    call.report = WORD;
    world.ok(Who::OtherMaker, TRIALS, &call);
    world.refuses(Who::Agent, TRIALS, &call, Refusal::NumberNotNext);
    assert_eq!(world.study().screenings, 1);
}
