//! Tests of `register`.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{self, Entered, Outcome, registeredCall, studyIdCall},
    testing::{
        Who, World,
        trial::{RETENTION, STUDY, outcome, registration},
    },
    trials::{Sums, sha256},
};

#[test]
fn register_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = registration();
    call.number = 2;
    call.protocol = B256::ZERO;
    call.schedule.root = B256::ZERO;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Author, TRIALS, &call, Refusal::NotAnAdministrator);
    for who in [Who::Insurer, Who::Regulator, Who::Pharmacy, Who::Wholesaler] {
        world.refuses(who, TRIALS, &call, Refusal::MayNotSponsor);
    }
    world.ok(Who::Maker, TRIALS, &registration());
    for number in [0, 3, u32::MAX] {
        call.number = number;
        world.refuses(Who::Maker, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.number = 1;
    world.refuses(Who::Maker, TRIALS, &call, Refusal::StudyRegistered);
    call.number = 2;
    world.refuses(Who::Maker, TRIALS, &call, Refusal::CommitmentMissing);
    call.protocol = registration().protocol;
    world.refuses(Who::Maker, TRIALS, &call, Refusal::CommitmentMissing);
    call.schedule.root = registration().schedule.root;
    for cells in [
        vec![],
        vec![1; 65],
        vec![1, 0, 1],
        vec![255, 255, 255, 255, 5],
    ] {
        call.schedule.cells = cells.into();
        world.refuses(Who::Maker, TRIALS, &call, Refusal::ScheduleMalformed);
    }
    call.schedule = registration().schedule;
    for (outcomes, refusal) in bad_outcomes() {
        call.outcomes = outcomes;
        world.refuses(Who::Maker, TRIALS, &call, refusal);
    }
    call.outcomes = registration().outcomes;
    let approver = Who::Clinic.address();
    for (approvers, threshold) in [
        (vec![], 0),
        (vec![approver], 0),
        (vec![approver], 2),
        (vec![approver, approver], 1),
        (vec![approver, Address::ZERO], 1),
        ((1..=17).map(Address::repeat_byte).collect(), 1),
    ] {
        (call.approvers, call.threshold) = (approvers, threshold);
        world.refuses(Who::Maker, TRIALS, &call, Refusal::ApproversMalformed);
    }
    (call.approvers, call.threshold) = (vec![approver], 1);
    call.retention = world.host.time_ms;
    world.refuses(Who::Maker, TRIALS, &call, Refusal::RetentionPassed);
    call.retention += 1;
    world.ok(Who::Maker, TRIALS, &call);
}

fn bad_outcomes() -> Vec<(Vec<Outcome>, Refusal)> {
    let without = |change: fn(&mut Outcome)| {
        let mut one = outcome(1, 1);
        change(&mut one);
        vec![one]
    };
    let unspecified = Refusal::OutcomeUnspecified;
    vec![
        (vec![], Refusal::OutcomesMissing),
        (
            (1..=65).map(|id| outcome(1, id)).collect(),
            Refusal::TooManyOutcomes,
        ),
        (vec![outcome(0, 1)], Refusal::UnknownOutcomeLevel),
        (vec![outcome(4, 1)], Refusal::UnknownOutcomeLevel),
        (without(|one| one.id = B256::ZERO), unspecified),
        (without(|one| one.domain = B256::ZERO), unspecified),
        (without(|one| one.measurement = B256::ZERO), unspecified),
        (without(|one| one.timePoint = B256::ZERO), unspecified),
        (vec![outcome(1, 1), outcome(2, 1)], Refusal::OutcomeTwice),
        (vec![outcome(2, 1), outcome(3, 2)], Refusal::PrimaryMissing),
    ]
}

#[test]
fn a_study_is_numbered_named_and_entered() {
    let mut world = World::with_supply();
    let study = world.ok(Who::Maker, TRIALS, &registration());
    assert_eq!(study, *STUDY);
    let name = studyIdCall {
        organisation: 4,
        number: 1,
    };
    assert_eq!(world.ok(Who::Stranger, TRIALS, &name), study);
    let registered = registeredCall { organisation: 4 };
    assert_eq!(world.ok(Who::Stranger, TRIALS, &registered), 1);
    let log = world.host.logs().last().expect("an event");
    let event = Entered::decode_log(log).expect("the event").data;
    assert_eq!((event.study, event.number, event.slot), (study, 0, 0));
    assert_eq!((event.kind, event.entry.len()), (1, 168));
    assert_eq!(event.entry[136..], sha256(&[&event.body])[..]);
    let found = world.study();
    assert_eq!(found.root, sha256(&[&[0], &event.entry]));
    assert_eq!(found.sums, sha256(&[&[2], &Sums::default().encode()]));
    assert_eq!((found.status, found.size, found.subjects), (1, 1, 0));
    assert_eq!((found.sponsor, found.number, found.version), (4, 1, 1));
    assert_eq!((found.visits, found.cells, found.outcomes), (3, 6, 2));
    assert_eq!((found.approvers, found.threshold), (3, 2));
    assert_eq!(found.retention, RETENTION);
    let moment = world.milestone(1);
    assert_eq!((moment.root, moment.size), (found.root, 1));
    assert_eq!(moment.timeMs, world.host.time_ms);
    let zeros = ITrials::Milestone::default();
    assert!(world.milestone(2) == zeros, "nobody has consented");
}
