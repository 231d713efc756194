//! Tests of `approve`.

use alloy_primitives::Address;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::RECOVERY,
    codes::RecoveryStatus,
    interfaces::IRecovery::{self, Running, approveCall, proposeCall},
    testing::{DELAY, GUARDIANS, START, Who, World},
};

fn call(successor: Who) -> approveCall {
    approveCall {
        account: Who::Patient.address(),
        successor: successor.address(),
    }
}

#[test]
fn approve_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    let other = approveCall {
        account: Who::OtherPatient.address(),
        successor: Address::ZERO,
    };
    world.refuses(Who::Nurse, RECOVERY, &other, Refusal::NoGuardians);
    world.refuses(
        Who::Patient,
        RECOVERY,
        &call(Who::Successor),
        Refusal::NotAGuardian,
    );
    world.refuses(
        Who::Nurse,
        RECOVERY,
        &call(Who::Successor),
        Refusal::RecoveryUnknown,
    );
    world.propose(Who::Physician, Who::Successor);
    let unknown = call(Who::OtherSuccessor);
    world.refuses(
        Who::Nurse,
        RECOVERY,
        &unknown,
        Refusal::SuccessorNotProposed,
    );
    let again = call(Who::Successor);
    world.refuses(Who::Physician, RECOVERY, &again, Refusal::ApprovedAlready);
    world.propose(Who::Clinic, Who::OtherSuccessor);
    world.ok(Who::Nurse, RECOVERY, &call(Who::Successor));
    let other = call(Who::OtherSuccessor);
    world.refuses(Who::Nurse, RECOVERY, &other, Refusal::SuccessorFixed);
}

#[test]
fn the_delay_begins_with_the_last_approval_that_is_needed() {
    let mut world = World::guarded();
    world.propose(Who::Physician, Who::Successor);
    assert_eq!(world.recovery().executable, 0);
    world.after(1_000);
    world.approve_successor(Who::Nurse, Who::Successor);
    let last = world.host.logs().last().expect("an event").clone();
    let event = Running::decode_log(&last).expect("the event").data;
    assert_eq!(event.executable, START + 1_000 + DELAY);
    let found = world.recovery();
    assert_eq!((found.status, found.executable), (2, START + 1_000 + DELAY));
    world.after(1_200);
    world.approve_successor(Who::Clinic, Who::Successor);
    assert_eq!(world.recovery().executable, START + 1_000 + DELAY);
}

#[test]
fn a_guardian_may_change_her_mind_until_a_successor_is_settled() {
    let mut world = World::guarded();
    world.propose(Who::Physician, Who::OtherSuccessor);
    world.propose(Who::Nurse, Who::Successor);
    world.approve_successor(Who::Physician, Who::Successor);
    assert_eq!(world.recovery_status(), RecoveryStatus::Waiting);
    assert_eq!(world.recovery().successor, Who::Successor.address());
}

#[test]
fn a_guardian_whose_own_key_was_replaced_decides_with_the_new_one() {
    let mut world = World::guarded();
    world.name_guardians(Who::Nurse, &[Who::Agent], 1);
    let call = proposeCall {
        account: Who::Nurse.address(),
        successor: Who::OtherSuccessor.address(),
    };
    world.ok(Who::Agent, RECOVERY, &call);
    world.after(DELAY).execute(Who::Nurse);
    world.propose(Who::Physician, Who::Successor);
    world.refuses(
        Who::Nurse,
        RECOVERY,
        &super::tests::call(Who::Successor),
        Refusal::KeyReplaced,
    );
    world.approve_successor(Who::OtherSuccessor, Who::Successor);
    assert_eq!(world.recovery_status(), RecoveryStatus::Waiting);
}

#[test]
fn a_frozen_guardian_decides_nothing() {
    let mut world = World::guarded();
    world.name_guardians(Who::Nurse, &[Who::Agent], 1);
    let account = Who::Nurse.address();
    let call = proposeCall {
        account,
        successor: Who::OtherSuccessor.address(),
    };
    world.ok(Who::Agent, RECOVERY, &call);
    world.ok(Who::Agent, RECOVERY, &IRecovery::freezeCall { account });
    let propose = proposeCall {
        account: Who::Patient.address(),
        successor: Who::Successor.address(),
    };
    world.refuses(Who::Nurse, RECOVERY, &propose, Refusal::KeyFrozen);
    assert_eq!(GUARDIANS[1], Who::Nurse);
}
