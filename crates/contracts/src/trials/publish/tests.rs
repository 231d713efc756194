//! Tests of `publish`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::publishCall,
    testing::{
        Who, World,
        trial::{STUDY, WORD, outcome},
    },
};

#[test]
fn publish_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = publishCall {
        study: *STUDY,
        document: B256::ZERO,
        outcomes: Vec::new(),
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_whole_data();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Wholesaler, TRIALS, &call, Refusal::TrialRoleMissing);
    world.refuses(Who::Manager, TRIALS, &call, Refusal::NotLocked);
    let mut world = World::with_lock();
    world.refuses(Who::Maker, TRIALS, &call, Refusal::CommitmentMissing);
    call.document = WORD;
    world.refuses(Who::Maker, TRIALS, &call, Refusal::OutcomesMissing);
    call.outcomes = vec![outcome(1, 9)];
    world.ok(Who::Maker, TRIALS, &call);
    let study = world.study();
    let moment = world.milestone(7);
    assert_eq!((study.status, moment.root), (6, study.root));
    world.ok(Who::Manager, TRIALS, &call);
    assert!(world.milestone(7) == moment, "the first stays");
}
