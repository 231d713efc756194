//! Tests of `freeze`.

use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{ACCESS, RECOVERY},
    codes::RecoveryStatus,
    interfaces::{
        IAccess::denyCall,
        IRecovery::{Frozen, approveCall, freezeCall},
    },
    may_send,
    testing::{DELAY, Who, World},
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
