//! Tests of the views of seals: who sees what.

use alloy_primitives::B256;

use crate::{
    OrganisationId, Refusal,
    addresses::SEALS,
    interfaces::ISeals::{
        breakGlassScopeCall, openReviewsCall, openingByNumberCall, openingCountCall,
        overdueReviewsCall, reviewOfCall, rulePointersCall, sealOfCall, sealsCall,
    },
    testing::{CHART, RECORD, SEALED, SEALED_SUMMARY, Who, World, emergency, opening},
    watches_over,
};

const UNKNOWN: B256 = B256::repeat_byte(0xdd);

#[test]
fn seals_and_the_scope_are_for_parties() {
    let mut world = World::with_seals();
    let seal = |record| sealOfCall { record };
    let page = |chart, limit| sealsCall {
        chart,
        from: 0,
        limit,
    };
    let scope = |chart| breakGlassScopeCall { chart };
    world.refuses(Who::Nurse, SEALS, &seal(UNKNOWN), Refusal::RecordUnknown);
    world.refuses(Who::Nurse, SEALS, &page(UNKNOWN, 0), Refusal::ChartUnknown);
    world.refuses(Who::Nurse, SEALS, &scope(UNKNOWN), Refusal::ChartUnknown);
    for other in [Who::Nurse, Who::OtherPatient, Who::Clinic, Who::Officer] {
        world.refuses(other, SEALS, &seal(RECORD), Refusal::NotAParty);
        world.refuses(other, SEALS, &page(CHART, 0), Refusal::NotAParty);
        world.refuses(other, SEALS, &scope(CHART), Refusal::NotAParty);
    }
    world.refuses(Who::Author, SEALS, &seal(RECORD), Refusal::RecordNotSealed);
    world.refuses(Who::Author, SEALS, &page(CHART, 0), Refusal::PageOutOfRange);
    let found = world.ok(Who::Author, SEALS, &page(CHART, 100));
    assert_eq!(found.total, 4);
    let sealed: Vec<_> = found.page.iter().filter(|one| !one.id.is_zero()).collect();
    let ids: Vec<_> = sealed.iter().map(|one| one.record).collect();
    assert_eq!(ids, [SEALED, SEALED_SUMMARY]);
    assert_eq!(sealed[1].id, world.seal_of(SEALED_SUMMARY));
}

#[test]
fn pointers_are_for_the_controller() {
    let mut world = World::with_seals();
    let view = |chart| rulePointersCall { chart };
    world.refuses(Who::Author, SEALS, &view(UNKNOWN), Refusal::ChartUnknown);
    world.refuses(Who::Author, SEALS, &view(CHART), Refusal::NotTheController);
    world.ok(Who::Patient, SEALS, &view(CHART));
}

#[test]
fn an_opening_is_for_its_requester_and_parties_and_the_count_for_all() {
    let mut world = World::with_seals();
    let view = |number| openingByNumberCall { number };
    world.refuses(Who::Patient, SEALS, &view(0), Refusal::OpeningUnknown);
    let number = world.ok(Who::Physician, SEALS, &opening()).opening;
    for other in [Who::Nurse, Who::Clinic, Who::Officer, Who::OtherPatient] {
        world.refuses(other, SEALS, &view(number), Refusal::NotAParty);
    }
    for party in [Who::Physician, Who::Patient, Who::Author] {
        assert_eq!(world.ok(party, SEALS, &view(number)).number, number);
    }
    assert_eq!(world.ok(Who::Stranger, SEALS, &openingCountCall {}), 1);
    let review = reviewOfCall { opening: number };
    world.refuses(Who::Patient, SEALS, &review, Refusal::NothingToReview);
}

#[test]
fn broken_glass_is_also_for_those_who_watch_over_the_organisation() {
    let mut world = World::with_seals();
    let number = world.ok(Who::Physician, SEALS, &emergency()).opening;
    let view = openingByNumberCall { number };
    let review = reviewOfCall { opening: number };
    for watcher in [Who::Officer, Who::Clinic] {
        world.ok(watcher, SEALS, &view);
        world.ok(watcher, SEALS, &review);
        let owed = openReviewsCall {
            organisation: 2,
            from: 0,
            limit: 1,
        };
        assert_eq!(world.ok(watcher, SEALS, &owed).total, 1);
    }
    for other in [Who::Nurse, Who::Administrator, Who::Insurer, Who::Agent] {
        world.refuses(other, SEALS, &view, Refusal::NotAParty);
        world.refuses(other, SEALS, &review, Refusal::NotAParty);
        let owed = openReviewsCall {
            organisation: 2,
            from: 0,
            limit: 0,
        };
        world.refuses(other, SEALS, &owed, Refusal::NotAPrivacyOfficer);
        let overdue = overdueReviewsCall { organisation: 2 };
        world.refuses(other, SEALS, &overdue, Refusal::NotAPrivacyOfficer);
    }
    let owed = openReviewsCall {
        organisation: 2,
        from: 0,
        limit: 101,
    };
    world.refuses(Who::Officer, SEALS, &owed, Refusal::PageOutOfRange);
}

#[test]
fn officers_and_administrators_watch_over_their_own_organisation() {
    let mut world = World::with_seals();
    for (who, organisation, watches) in [
        (Who::Officer, 2, true),
        (Who::Clinic, 2, true),
        (Who::Administrator, 1, true),
        (Who::Officer, 1, false),
        (Who::Physician, 2, false),
        (Who::Stranger, 2, false),
    ] {
        let organisation = OrganisationId(organisation);
        let found = watches_over(&mut world.host, organisation, who.address());
        assert_eq!(found, Ok(watches), "{who:?}");
    }
    world.end(Who::Clinic, Who::Officer);
    let found = watches_over(&mut world.host, OrganisationId(2), Who::Officer.address());
    assert_eq!(found, Ok(false));
}
