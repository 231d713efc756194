//! Tests of `plan`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::planCall,
    testing::{
        Who, World,
        trial::{STUDY, WORD},
    },
};

#[test]
fn plan_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = planCall {
        study: *STUDY,
        document: B256::ZERO,
        number: 2,
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_study();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::OtherPharmacist, Who::Maker] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for number in [0, 2] {
        call.number = number;
        world.refuses(Who::Wholesaler, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.number = 1;
    world.refuses(Who::Wholesaler, TRIALS, &call, Refusal::CommitmentMissing);
    call.document = WORD;
    world.ok(Who::Wholesaler, TRIALS, &call);
    world.refuses(Who::Wholesaler, TRIALS, &call, Refusal::NumberNotNext);
    assert_eq!(world.study().plans, 1);
}
