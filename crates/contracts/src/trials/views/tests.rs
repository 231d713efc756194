//! Tests of the views of trials.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{
        eip712DomainCall, listOfCall, milestoneOfCall, queryOfCall, roleOfCall, siteOfCall,
        studyOfCall, subjectOfCall, sumsOfCall,
    },
    testing::{Who, World, trial::STUDY},
};

#[test]
fn what_is_not_there_is_told_so() {
    let mut world = World::with_registration();
    let study = B256::repeat_byte(9);
    let who = Who::Stranger;
    world.refuses(who, TRIALS, &studyOfCall { study }, Refusal::StudyUnknown);
    world.refuses(who, TRIALS, &sumsOfCall { study }, Refusal::StudyUnknown);
    let mut milestone = milestoneOfCall {
        study,
        milestone: 0,
    };
    world.refuses(who, TRIALS, &milestone, Refusal::StudyUnknown);
    let mut subject = subjectOfCall { study, slot: 1 };
    world.refuses(who, TRIALS, &subject, Refusal::StudyUnknown);
    let study = *STUDY;
    (milestone.study, subject.study) = (study, study);
    for code in [0, 8] {
        milestone.milestone = code;
        world.refuses(who, TRIALS, &milestone, Refusal::MilestoneUnknown);
    }
    world.refuses(who, TRIALS, &subject, Refusal::SubjectUnknown);
    let site = world.ok(who, TRIALS, &siteOfCall { study, site: 1 });
    assert_eq!((site.organisation, site.status), (0, 0));
    let role = roleOfCall {
        study,
        account: who.address(),
        site: 0,
    };
    assert_eq!(world.ok(who, TRIALS, &role).role, 0);
    let query = queryOfCall { study, query: 1 };
    assert_eq!(world.ok(who, TRIALS, &query).state, 0);
    let list = listOfCall { study, list: 1 };
    assert_eq!(world.ok(who, TRIALS, &list).status, 0);
}

#[test]
fn the_signing_domain_is_that_of_trials() {
    let mut world = World::at_genesis();
    let found = world.ok(Who::Stranger, TRIALS, &eip712DomainCall {});
    assert_eq!(
        (found.name.as_str(), found.chainId.to()),
        ("Theriac", 1_337u64)
    );
    assert_eq!(found.verifyingContract, TRIALS);
}
