//! Tests of `analyse`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{analyseCall, planCall, publishCall, unblindCall},
    testing::{
        Who, World,
        trial::{STUDY, WORD, consent, outcome, withdrawal},
    },
};

fn analysis() -> analyseCall {
    analyseCall {
        study: *STUDY,
        number: 1,
        plan: 0,
        lockEntry: 0,
        manifest: WORD,
        program: WORD,
        result: WORD,
        outcome: 0,
    }
}

/// One subject of a study with a list, whose part ended at once; the data are locked.
fn locked_with_list() -> World {
    let mut world = World::with_list();
    world.ok(Who::Author, TRIALS, &consent(1));
    world.ok(Who::Author, TRIALS, &withdrawal(1, 3, 0));
    world.sign_subject(1);
    let lock = world.locking();
    world.ok(Who::OtherMaker, TRIALS, &lock);
    world
}

#[test]
fn analyse_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = analyseCall {
        number: 2,
        plan: 1,
        manifest: B256::ZERO,
        program: B256::ZERO,
        result: B256::ZERO,
        outcome: 2,
        ..analysis()
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let who = Who::Wholesaler;
    let mut world = World::with_whole_data();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for other in [Who::OtherPharmacist, Who::Maker] {
        world.refuses(other, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for number in [0, 2] {
        call.number = number;
        world.refuses(who, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.number = 1;
    world.refuses(who, TRIALS, &call, Refusal::NotLocked);
    let mut world = locked_with_list();
    world.refuses(who, TRIALS, &call, Refusal::LockDiffers);
    call.lockEntry = world.study().lockEntry;
    world.refuses(who, TRIALS, &call, Refusal::NotUnblinded);
    let publish = publishCall {
        study: *STUDY,
        document: WORD,
        outcomes: vec![outcome(1, 1)],
    };
    world.ok(Who::Maker, TRIALS, &publish);
    world.refuses(who, TRIALS, &call, Refusal::NotUnblinded);
    let mut world = World::with_lock();
    call.lockEntry = world.study().lockEntry;
    world.refuses(who, TRIALS, &call, Refusal::PlanUnknown);
    call.plan = 0;
    for give in [
        |call: &mut analyseCall| call.manifest = WORD,
        |call: &mut analyseCall| call.program = WORD,
        |call: &mut analyseCall| call.result = WORD,
    ] {
        world.refuses(who, TRIALS, &call, Refusal::CommitmentMissing);
        give(&mut call);
    }
    world.refuses(who, TRIALS, &call, Refusal::OutcomeOutOfRange);
    call.outcome = 1;
    world.ok(who, TRIALS, &call);
}

#[test]
fn a_study_with_lists_is_analysed_after_it_was_unblinded() {
    let mut world = locked_with_list();
    let plan = planCall {
        study: *STUDY,
        document: WORD,
        number: 1,
    };
    world.ok(Who::Wholesaler, TRIALS, &plan);
    let unblind = unblindCall {
        study: *STUDY,
        plan: 1,
        secrets: WORD,
    };
    world.ok(Who::OtherPharmacist, TRIALS, &unblind);
    let mut call = analysis();
    call.lockEntry = world.study().lockEntry;
    call.plan = 1;
    world.ok(Who::Wholesaler, TRIALS, &call);
    let study = world.study();
    assert_eq!((study.status, study.analyses), (5, 1));
    assert_eq!(world.milestone(5).size, study.size);
    call.number = 2;
    world.ok(Who::Wholesaler, TRIALS, &call);
    assert_eq!(world.milestone(5).size, study.size, "the first stays");
}
