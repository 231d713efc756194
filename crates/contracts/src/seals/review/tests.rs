//! Tests of `review`.

use alloy_primitives::{Address, B256, b256};
use alloy_sol_types::SolEvent;

use crate::{
    OrganisationId, Refusal,
    addresses::SEALS,
    codes::{EntryKind, Role},
    interfaces::ISeals::{Reviewed, openReviewsCall, overdueReviewsCall, reviewCall, reviewOfCall},
    overdue_reviews,
    testing::{CHART, START, Who, World, emergency},
};

const NOTE: B256 = B256::repeat_byte(0x6e);

fn verdict(opening: u64, outcome: u8) -> reviewCall {
    reviewCall {
        opening,
        outcome,
        note: NOTE,
    }
}

fn owed(world: &mut World) -> Vec<u64> {
    let call = openReviewsCall {
        organisation: 2,
        from: 0,
        limit: 100,
    };
    let found = world.ok(Who::Officer, SEALS, &call);
    assert_eq!(found.total, found.page.len() as u64);
    found.page.iter().map(|review| review.opening).collect()
}

#[test]
fn review_refuses_in_the_documented_order() {
    let mut world = World::with_seals();
    for outcome in [0, 3, 255] {
        let call = verdict(9, outcome);
        world.refuses(Who::Stranger, SEALS, &call, Refusal::UnknownOutcome);
    }
    world.refuses(Who::Stranger, SEALS, &verdict(9, 1), Refusal::NotEnrolled);
    world.refuses(Who::Nurse, SEALS, &verdict(9, 1), Refusal::OpeningUnknown);
    let plain = world.opened();
    for other in [Who::Nurse, Who::Clinic, Who::Patient, Who::Administrator] {
        let call = verdict(plain, 1);
        world.refuses(other, SEALS, &call, Refusal::NotAPrivacyOfficer);
    }
    let call = verdict(plain, 1);
    world.refuses(Who::Officer, SEALS, &call, Refusal::NothingToReview);
    let broken = world.ok(Who::Nurse, SEALS, &emergency()).opening;
    world.end(Who::Clinic, Who::Nurse);
    world.enrol(Who::Clinic, Who::Nurse, Role::PrivacyOfficer);
    let call = verdict(broken, 1);
    world.refuses(Who::Nurse, SEALS, &call, Refusal::OwnOpening);
    world.ok(Who::Officer, SEALS, &call);
    world.refuses(Who::Officer, SEALS, &call, Refusal::ReviewedAlready);
}

#[test]
fn an_officer_of_another_organisation_reviews_nothing_here() {
    let mut world = World::with_seals();
    let opening = world.ok(Who::Physician, SEALS, &emergency()).opening;
    world.enrol(Who::Hospital, Who::Stranger, Role::PrivacyOfficer);
    let call = verdict(opening, 1);
    world.refuses(Who::Stranger, SEALS, &call, Refusal::NotAPrivacyOfficer);
}

#[test]
fn a_review_stands_and_is_told() {
    let mut world = World::with_seals();
    let opening = world.ok(Who::Physician, SEALS, &emergency()).opening;
    world
        .after(60)
        .ok(Who::Officer, SEALS, &verdict(opening, 2));
    let found = world.ok(Who::Patient, SEALS, &reviewOfCall { opening });
    assert_eq!((found.outcome, found.note), (2, NOTE));
    assert_eq!(
        (found.officer, found.reviewedTimeMs),
        (Who::Officer.address(), (START + 60) * 1_000)
    );
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(entry.kind, EntryKind::Reviewed.code());
    assert_eq!((entry.actor, entry.detail), (Who::Officer.address(), NOTE));
    let subject = b256!("0200000000000000000000000000000000000000000000000000000000000000");
    assert_eq!(entry.subject, subject);
    let log = world.host.logs().last().expect("an event");
    let told = Reviewed::decode_log(log).expect("the review");
    assert_eq!((told.opening, told.organisation, told.outcome), (0, 2, 2));
}

#[test]
fn reviews_that_are_owed_stay_listed_in_whatever_order_others_are_made() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [0, 2, 1]] {
        let mut world = World::with_seals();
        let mut left: Vec<u64> = (0..3)
            .map(|_| world.ok(Who::Physician, SEALS, &emergency()).opening)
            .collect();
        for opening in order {
            world.ok(Who::Officer, SEALS, &verdict(opening, 1));
            left.retain(|one| *one != opening);
            let mut found = owed(&mut world);
            found.sort_unstable();
            assert_eq!(found, left);
        }
    }
}

#[test]
fn a_review_is_overdue_from_the_millisecond_of_its_time_until_it_is_made() {
    let mut world = World::with_seals();
    let count = overdueReviewsCall { organisation: 2 };
    let opening = world.ok(Who::Physician, SEALS, &emergency()).opening;
    world.host.time_ms = (START + 72 * 3_600) * 1_000 - 1;
    assert_eq!(world.ok(Who::Clinic, SEALS, &count), 0);
    world.host.time_ms += 1;
    assert_eq!(world.ok(Who::Officer, SEALS, &count), 1);
    let organisation = OrganisationId(2);
    assert_eq!(overdue_reviews(&mut world.host, organisation), Ok(1));
    world.ok(Who::Officer, SEALS, &verdict(opening, 1));
    assert_eq!(world.ok(Who::Officer, SEALS, &count), 0);
    let found = world.ok(Who::Officer, SEALS, &reviewOfCall { opening });
    assert_ne!(found.officer, Address::ZERO);
}
