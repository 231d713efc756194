//! Tests of `unblind`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{planCall, unblindCall},
    testing::{
        Who, World,
        trial::{STUDY, WORD},
    },
};

#[test]
fn unblind_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = unblindCall {
        study: *STUDY,
        plan: 0,
        secrets: B256::ZERO,
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let statistician = Who::OtherPharmacist;
    let mut world = World::with_whole_data();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::Wholesaler, Who::Maker] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    world.refuses(statistician, TRIALS, &call, Refusal::NotLocked);
    let mut world = World::with_lock();
    let plan = planCall {
        study: *STUDY,
        document: WORD,
        number: 1,
    };
    world.ok(Who::Wholesaler, TRIALS, &plan);
    for number in [0, 2] {
        call.plan = number;
        world.refuses(statistician, TRIALS, &call, Refusal::PlanUnknown);
    }
    call.plan = 1;
    world.refuses(statistician, TRIALS, &call, Refusal::CommitmentMissing);
    call.secrets = WORD;
    world.ok(statistician, TRIALS, &call);
    let study = world.study();
    let moment = world.milestone(4);
    assert_eq!((study.status, moment.root), (4, study.root));
    world.ok(statistician, TRIALS, &call);
    assert!(world.milestone(4) == moment, "the first stays");
}
