//! Tests of `setGuardians`.

use alloy_primitives::Address;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{DIRECTORY, RECOVERY},
    codes::RecoveryStatus,
    interfaces::{
        IDirectory::endCall,
        IRecovery::{
            AnnouncementDropped, GuardiansSet, guardiansCall, proposeCall, setGuardiansCall,
            wardsCall,
        },
    },
    testing::{DELAY, GUARDIANS, START, Who, World},
};

fn call(guardians: &[Who], threshold: u8) -> setGuardiansCall {
    setGuardiansCall {
        guardians: guardians.iter().map(|who| who.address()).collect(),
        threshold,
        delay: DELAY,
    }
}

fn current(world: &mut World) -> Vec<Address> {
    let account = Who::Patient.address();
    let found = world.ok(Who::Patient, RECOVERY, &guardiansCall { account });
    found.current.accounts
}

#[test]
fn set_guardians_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    let none = call(&[], 0);
    world.refuses(Who::Stranger, RECOVERY, &none, Refusal::NotEnrolled);
    world.refuses(Who::Hospital, RECOVERY, &none, Refusal::NotEnrolled);
    world.refuses(
        Who::Patient,
        RECOVERY,
        &none,
        Refusal::GuardianCountOutOfRange,
    );
    let many = call(&[Who::Patient; 17], 0);
    world.refuses(
        Who::Patient,
        RECOVERY,
        &many,
        Refusal::GuardianCountOutOfRange,
    );
    let own = call(&[Who::Patient, Who::Patient], 0);
    world.refuses(Who::Patient, RECOVERY, &own, Refusal::GuardianNotAllowed);
    let twice = call(&[Who::Stranger, Who::Stranger], 0);
    world.refuses(Who::Patient, RECOVERY, &twice, Refusal::GuardianTwice);
    let unknown = call(&[Who::Nurse, Who::Stranger], 0);
    world.refuses(Who::Patient, RECOVERY, &unknown, Refusal::NotEnrolled);
    let person = Who::Author.address();
    world.ok(Who::Hospital, DIRECTORY, &endCall { person });
    let ended = call(&[Who::Nurse, Who::Author], 0);
    world.refuses(Who::Patient, RECOVERY, &ended, Refusal::EnrolmentEnded);
    for (guardians, threshold) in [
        (&GUARDIANS[..1], 0),
        (&GUARDIANS[..1], 2),
        (&GUARDIANS[..], 0),
        (&GUARDIANS[..], 1),
        (&GUARDIANS[..], 4),
    ] {
        let call = setGuardiansCall {
            delay: 0,
            ..call(guardians, threshold)
        };
        world.refuses(Who::Patient, RECOVERY, &call, Refusal::ThresholdOutOfRange);
    }
    for delay in [59, 30 * 86_400 + 1] {
        let call = setGuardiansCall {
            delay,
            ..call(&GUARDIANS, 2)
        };
        world.refuses(Who::Patient, RECOVERY, &call, Refusal::DelayOutOfRange);
    }
    world.propose(Who::Physician, Who::Successor);
    world.approve_successor(Who::Nurse, Who::Successor);
    world.refuses(
        Who::Patient,
        RECOVERY,
        &call(&GUARDIANS, 2),
        Refusal::RecoveryRuns,
    );
    world.freeze(Who::Physician);
    world.freeze(Who::Nurse);
    world.refuses(Who::Patient, RECOVERY, &none, Refusal::KeyFrozen);
    world.after(DELAY).execute(Who::Patient);
    world.refuses(Who::Patient, RECOVERY, &none, Refusal::KeyReplaced);
}

#[test]
fn one_guardian_and_sixteen_are_allowed() {
    let mut world = World::with_records();
    world.name_guardians(Who::OtherPatient, &[Who::Nurse], 1);
    let accounts: Vec<_> = (1..=16u8)
        .map(|byte| Address::repeat_byte(byte + 0x20))
        .collect();
    for person in &accounts {
        let call = crate::interfaces::IDirectory::enrolCall {
            person: *person,
            role: 3,
            expiry: 0,
            nameCommitment: alloy_primitives::B256::repeat_byte(1),
            licenceCommitment: alloy_primitives::B256::ZERO,
        };
        world.ok(Who::Clinic, DIRECTORY, &call);
    }
    let call = setGuardiansCall {
        guardians: accounts.clone(),
        threshold: 16,
        delay: DELAY,
    };
    world.ok(Who::Patient, RECOVERY, &call);
    assert_eq!(current(&mut world), accounts);
}

#[test]
fn the_first_guardians_count_at_once_and_others_after_the_delay() {
    let mut world = World::guarded();
    let first: Vec<_> = GUARDIANS.map(|who| who.address()).into();
    assert_eq!(current(&mut world), first);
    world.ok(Who::Patient, RECOVERY, &call(&[Who::Agent, Who::Author], 2));
    let last = world.host.logs().last().expect("an event").clone();
    let event = GuardiansSet::decode_log(&last).expect("the event").data;
    assert_eq!((event.threshold, event.from), (2, START + DELAY));
    world.after(DELAY - 1);
    assert_eq!(current(&mut world), first);
    let account = Who::Patient.address();
    let told = world.ok(Who::Agent, RECOVERY, &guardiansCall { account });
    assert_eq!((told.next.accounts.len(), told.from), (2, START + DELAY));
    world.after(DELAY);
    assert_eq!(
        current(&mut world),
        [Who::Agent.address(), Who::Author.address()]
    );
    let call = proposeCall {
        account,
        successor: Who::Successor.address(),
    };
    world.refuses(Who::Physician, RECOVERY, &call, Refusal::NotAGuardian);
}

#[test]
fn guardians_overtake_a_thief_who_names_others() {
    let mut world = World::guarded();
    world.ok(Who::Patient, RECOVERY, &call(&[Who::Agent], 1));
    world.after(DELAY / 2);
    world.propose(Who::Physician, Who::Successor);
    world.approve_successor(Who::Nurse, Who::Successor);
    let dropped = world
        .host
        .logs()
        .iter()
        .any(|log| AnnouncementDropped::decode_log(log).is_ok());
    assert!(dropped);
    world.after(DELAY + DELAY / 2);
    assert_eq!(current(&mut world), GUARDIANS.map(|who| who.address()));
    world.execute(Who::Patient);
    assert_eq!(world.recovery_status(), RecoveryStatus::Executed);
}

#[test]
fn a_freeze_drops_guardians_to_come_too() {
    let mut world = World::guarded();
    world.ok(Who::Patient, RECOVERY, &call(&[Who::Agent], 1));
    world.freeze_patient();
    world.after(2 * DELAY);
    assert!(world.recovery().frozen);
}

#[test]
fn one_guardian_alone_cannot_keep_a_person_from_naming_others() {
    let mut world = World::guarded();
    world.propose(Who::Physician, Who::Stranger);
    world.ok(Who::Patient, RECOVERY, &call(&[Who::Agent, Who::Author], 2));
    world.after(DELAY);
    assert_eq!(
        current(&mut world),
        [Who::Agent.address(), Who::Author.address()]
    );
    let account = Who::Patient.address();
    let view = crate::interfaces::IRecovery::recoveryCall { account };
    let lapsed = world.ok(Who::Agent, RECOVERY, &view).status;
    assert_eq!(lapsed, RecoveryStatus::Lapsed.code());
}

#[test]
fn a_guardian_sees_whom_she_guards() {
    let mut world = World::guarded();
    world.name_guardians(Who::OtherPatient, &[Who::Nurse], 1);
    world.name_guardians(Who::OtherPatient, &[Who::Nurse, Who::Agent], 2);
    let call = wardsCall { from: 0, limit: 10 };
    let wards = world.ok(Who::Nurse, RECOVERY, &call);
    let expected = [Who::Patient, Who::OtherPatient].map(|who| who.address());
    assert_eq!((wards.page, wards.total), (expected.to_vec(), 2));
}
