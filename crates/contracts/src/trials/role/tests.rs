//! Tests of `role`.

use alloy_primitives::Address;

use crate::{
    Refusal,
    addresses::TRIALS,
    codes::TrialRole,
    interfaces::ITrials::roleOfCall,
    testing::{
        Who, World,
        trial::{STUDY, capture, captures, consent, role},
    },
};

#[test]
fn role_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = role(Who::Successor, 9, TrialRole::Monitor);
    call.account = Address::ZERO;
    call.until = 1;
    call.role = 0;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_study();
    for code in [0, 10] {
        call.role = code;
        world.refuses(Who::Stranger, TRIALS, &call, Refusal::UnknownTrialRole);
    }
    call.role = TrialRole::Investigator.code();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    call.site = 1;
    world.refuses(Who::Author, TRIALS, &call, Refusal::TrialRoleMissing);
    call.role = TrialRole::Coordinator.code();
    world.refuses(Who::Physician, TRIALS, &call, Refusal::TrialRoleMissing);
    world.refuses(Who::Author, TRIALS, &call, Refusal::AccountNotAllowed);
    call.account = Who::Successor.address();
    call.site = 0;
    world.refuses(Who::Maker, TRIALS, &call, Refusal::RoleNotOfSite);
    (call.role, call.site) = (TrialRole::DataManager.code(), 1);
    world.refuses(Who::Maker, TRIALS, &call, Refusal::RoleNotOfSite);
    (call.role, call.site) = (TrialRole::Monitor.code(), 3);
    world.refuses(Who::Maker, TRIALS, &call, Refusal::SiteUnknown);
    call.site = 2;
    for until in [1, world.host.time_ms] {
        call.until = until;
        world.refuses(Who::Maker, TRIALS, &call, Refusal::UntilPassed);
    }
    call.until = world.host.time_ms + 1;
    world.ok(Who::Maker, TRIALS, &call);
    call.role = TrialRole::TrialPharmacist.code();
    world.refuses(Who::Maker, TRIALS, &call, Refusal::SightsMixed);
    let call = role(Who::Pharmacist, 0, TrialRole::Statistician);
    world.refuses(Who::Maker, TRIALS, &call, Refusal::SightsMixed);
}

#[test]
fn who_saw_allocations_once_is_never_blinded_again() {
    let mut world = World::with_study();
    let mut call = role(Who::Pharmacist, 0, TrialRole::TrialPharmacist);
    call.until = 0;
    world.ok(Who::Maker, TRIALS, &call);
    let blinded = role(Who::Pharmacist, 0, TrialRole::Monitor);
    world.refuses(Who::Maker, TRIALS, &blinded, Refusal::SightsMixed);
    let neutral = role(Who::Pharmacist, 0, TrialRole::DataProtectionOfficer);
    world.ok(Who::Maker, TRIALS, &neutral);
    world.refuses(Who::Maker, TRIALS, &blinded, Refusal::SightsMixed);
}

#[test]
fn a_role_counts_until_its_end_and_at_its_site_alone() {
    let mut world = World::with_subjects(2);
    let call = captures(vec![capture(2, 0)]);
    world.refuses(Who::Author, TRIALS, &call, Refusal::TrialRoleMissing);
    let mut lent = role(Who::Author, 2, TrialRole::Coordinator);
    world.ok(Who::Physician, TRIALS, &lent);
    world.refuses(Who::Author, TRIALS, &call, Refusal::NotOfTheSite);
    lent = role(Who::Nurse, 2, TrialRole::Coordinator);
    lent.until = world.host.time_ms + 5_000;
    world.ok(Who::Physician, TRIALS, &lent);
    world.ok(Who::Nurse, TRIALS, &call);
    world.after(60);
    let call = captures(vec![capture(2, 1)]);
    world.refuses(Who::Nurse, TRIALS, &call, Refusal::TrialRoleMissing);
    lent.until = 0;
    world.ok(Who::Physician, TRIALS, &lent);
    let view = roleOfCall {
        study: *STUDY,
        account: Who::Nurse.address(),
        site: 2,
    };
    let found = world.ok(Who::Stranger, TRIALS, &view);
    assert_eq!((found.role, found.until), (3, 0));
    let call = consent(4);
    world.refuses(Who::Nurse, TRIALS, &call, Refusal::TrialRoleMissing);
}
