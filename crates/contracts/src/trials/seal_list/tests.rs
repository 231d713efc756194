//! Tests of `seal_list`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{drawListCall, sealListCall},
    testing::{
        Who, World,
        trial::{STUDY, WORD, list},
    },
};

#[test]
fn seal_list_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = sealListCall {
        study: *STUDY,
        list: 1,
        root: B256::ZERO,
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_study();
    let statistician = Who::OtherPharmacist;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Wholesaler, TRIALS, &call, Refusal::TrialRoleMissing);
    world.refuses(statistician, TRIALS, &call, Refusal::ListUnknown);
    world.ok(statistician, TRIALS, &list(1));
    world.refuses(statistician, TRIALS, &call, Refusal::CommitmentMissing);
    call.root = WORD;
    world.refuses(statistician, TRIALS, &call, Refusal::ListNotDrawn);
    let header = world.reach_list(1);
    let draw = drawListCall {
        study: *STUDY,
        list: 1,
        header,
    };
    world.ok(Who::Patient, TRIALS, &draw);
    world.ok(statistician, TRIALS, &call);
    assert_eq!(world.list(1).status, 3);
    world.refuses(statistician, TRIALS, &call, Refusal::ListSealedAlready);
}
