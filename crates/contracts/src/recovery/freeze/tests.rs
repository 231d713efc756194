//! Tests of `freeze`.

use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{ACCESS, RECOVERY, SEALS},
    codes::{Effect, RecoveryStatus},
    interfaces::{
        IAccess::denyCall,
        IRecovery::{Frozen, approveCall, freezeCall},
        ISeals::openCall,
    },
    may_send,
    testing::{
        DELAY, GUARDIANS, OTHER_CHART, OTHER_SEALED, SEALED, SEALED_SUMMARY, Who, World, opening,
    },
};

#[test]
fn freeze_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    let account = Who::Patient.address();
    let call = freezeCall { account };
    let other = freezeCall {
        account: Who::OtherPatient.address(),
    };
    world.refuses(Who::Nurse, RECOVERY, &other, Refusal::NoGuardians);
    world.refuses(Who::Patient, RECOVERY, &call, Refusal::NotAGuardian);
    world.refuses(Who::Nurse, RECOVERY, &call, Refusal::RecoveryUnknown);
    world.propose(Who::Physician, Who::Successor);
    world.ok(Who::Nurse, RECOVERY, &call);
    world.refuses(Who::Nurse, RECOVERY, &call, Refusal::FreezeVotedAlready);
}

#[test]
fn the_threshold_freezes_a_key_and_one_guardian_does_not() {
    let mut world = World::guarded();
    let id = world.ask();
    world.propose(Who::Physician, Who::Successor);
    world.freeze(Who::Physician);
    assert!(!world.recovery().frozen);
    assert!(
        may_send(&mut world.host, Who::Patient.address())
            .unwrap()
            .is_some()
    );
    world.freeze(Who::Clinic);
    let last = world.host.logs().last().expect("an event").clone();
    let event = Frozen::decode_log(&last).expect("the event").data;
    assert_eq!((event.votes, event.frozen), (2, true));
    world.refuses(Who::Patient, ACCESS, &denyCall { id }, Refusal::KeyFrozen);
    assert_eq!(may_send(&mut world.host, Who::Patient.address()), Ok(None));
}

#[test]
fn a_cancelled_recovery_frees_the_key() {
    let mut world = World::guarded();
    let id = world.ask();
    world.freeze_patient();
    world.cancel(Who::Physician);
    world.cancel(Who::Nurse);
    assert_eq!(world.recovery_status(), RecoveryStatus::Cancelled);
    world.ok(Who::Patient, ACCESS, &denyCall { id });
}

#[test]
fn a_freeze_ends_with_the_time_of_the_recovery_at_the_latest() {
    let mut world = World::guarded();
    world.freeze_patient();
    world.after(DELAY + 30 * 86_400 - 1);
    assert_eq!(may_send(&mut world.host, Who::Patient.address()), Ok(None));
    world.after(DELAY + 30 * 86_400);
    assert!(
        may_send(&mut world.host, Who::Patient.address())
            .unwrap()
            .is_some()
    );
}

#[test]
fn guardians_recover_a_frozen_key() {
    let mut world = World::guarded();
    world.freeze_patient();
    let call = approveCall {
        account: Who::Patient.address(),
        successor: Who::Successor.address(),
    };
    world.ok(Who::Nurse, RECOVERY, &call);
    world.after(DELAY).execute(Who::Patient);
    assert!(!world.recovery().frozen);
    assert!(
        may_send(&mut world.host, Who::Successor.address())
            .unwrap()
            .is_some()
    );
    assert_eq!(may_send(&mut world.host, Who::Patient.address()), Ok(None));
}

/// The patient has sealed records, guardians, and a rule that admits everyone.
fn with_a_rule() -> World {
    let mut world = World::with_seals();
    world.name_guardians(Who::Patient, &GUARDIANS, 2);
    world.rule(Effect::Permit);
    world
}

fn open(world: &mut World, who: Who, call: &openCall) -> u64 {
    let answer = world.ok(who, SEALS, call);
    assert!(answer.admitted);
    answer.opening
}

#[test]
fn a_freeze_closes_the_earlier_openings_of_the_charts_of_the_key_for_good_and_no_others() {
    let mut world = with_a_rule();
    let by_rule = open(&mut world, Who::Physician, &opening());
    let own = open(&mut world, Who::Patient, &opening());
    let elsewhere = openCall {
        chart: OTHER_CHART,
        records: vec![OTHER_SEALED],
        ..opening()
    };
    let elsewhere = open(&mut world, Who::OtherPatient, &elsewhere);
    world.freeze_patient();
    for number in [by_rule, own] {
        let answer = world.keeper(number, &[SEALED]);
        assert_eq!(answer, Err(Refusal::OpeningClosed), "{number}");
        assert!(world.opening_at(number).closed);
    }
    assert!(world.keeper(elsewhere, &[OTHER_SEALED]).is_ok());

    let again = openCall {
        records: vec![SEALED_SUMMARY],
        ..opening()
    };
    let again = open(&mut world, Who::Physician, &again);
    assert!(world.keeper(again, &[SEALED_SUMMARY]).is_ok());
    world.cancel(Who::Physician);
    world.cancel(Who::Nurse);
    assert!(world.keeper(again, &[SEALED_SUMMARY]).is_ok());
    for number in [by_rule, own] {
        let answer = world.keeper(number, &[SEALED]);
        assert_eq!(answer, Err(Refusal::OpeningClosed), "{number}");
    }
}

#[test]
fn a_vote_to_freeze_that_is_not_the_last_one_needed_closes_nothing() {
    let mut world = with_a_rule();
    let number = open(&mut world, Who::Physician, &opening());
    world.propose(Who::Physician, Who::Successor);
    world.freeze(Who::Physician);
    assert!(world.keeper(number, &[SEALED]).is_ok());
}
