//! Tests of `cancel`.

use crate::{
    Refusal,
    addresses::RECOVERY,
    codes::RecoveryStatus,
    interfaces::IRecovery::{cancelCall, executeCall},
    testing::{DELAY, START, Who, World},
};

#[test]
fn cancel_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    let call = cancelCall {
        account: Who::Patient.address(),
    };
    let other = cancelCall {
        account: Who::OtherPatient.address(),
    };
    world.refuses(Who::Nurse, RECOVERY, &other, Refusal::NoGuardians);
    world.refuses(Who::Patient, RECOVERY, &call, Refusal::NotAGuardian);
    world.refuses(Who::Nurse, RECOVERY, &call, Refusal::RecoveryUnknown);
    world.propose(Who::Physician, Who::Successor);
    world.ok(Who::Nurse, RECOVERY, &call);
    world.refuses(Who::Nurse, RECOVERY, &call, Refusal::CancelVotedAlready);
    world.ok(Who::Clinic, RECOVERY, &call);
    assert_eq!(world.recovery_status(), RecoveryStatus::Cancelled);
    world.refuses(Who::Physician, RECOVERY, &call, Refusal::RecoveryUnknown);
}

#[test]
fn a_vote_to_cancel_takes_the_approval_back() {
    let mut world = World::recovering();
    world.cancel(Who::Nurse);
    assert_eq!(world.recovery_status(), RecoveryStatus::Proposed);
    let execute = executeCall {
        account: Who::Patient.address(),
    };
    world.after(DELAY);
    world.refuses(Who::Agent, RECOVERY, &execute, Refusal::ApprovalsMissing);
    world.approve_successor(Who::Nurse, Who::Successor);
    let found = world.recovery();
    assert_eq!(found.cancels, [false; 3]);
    assert_eq!(found.executable, START + 2 * DELAY);
}

#[test]
fn a_third_approval_keeps_the_delay_when_one_is_taken_back() {
    let mut world = World::recovering();
    world.approve_successor(Who::Clinic, Who::Successor);
    world.after(DELAY);
    world.cancel(Who::Nurse);
    assert_eq!(world.recovery_status(), RecoveryStatus::Waiting);
    world.execute(Who::Patient);
}
