//! Tests of `propose`.

use alloy_primitives::Address;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{ACCESS, HISTORY, RECOVERY},
    codes::{RecoveryStatus, Role},
    interfaces::{
        IDirectory::enrolCall,
        IRecovery::{Proposed, proposeCall},
    },
    testing::{DELAY, GUARDIANS, Who, World},
};

fn call(successor: Address) -> proposeCall {
    proposeCall {
        account: Who::Patient.address(),
        successor,
    }
}

#[test]
fn propose_refuses_in_the_documented_order() {
    let mut world = World::recovering();
    let zero = call(Address::ZERO);
    let other = proposeCall {
        account: Who::OtherPatient.address(),
        ..zero.clone()
    };
    world.refuses(Who::Stranger, RECOVERY, &other, Refusal::NoGuardians);
    for caller in [Who::Stranger, Who::Patient, Who::Author, Who::Successor] {
        world.refuses(caller, RECOVERY, &zero, Refusal::NotAGuardian);
    }
    world.refuses(Who::Physician, RECOVERY, &zero, Refusal::SuccessorFixed);
    let again = call(Who::Successor.address());
    world.refuses(Who::Physician, RECOVERY, &again, Refusal::ApprovedAlready);
    world.after(DELAY).execute(Who::Patient);
    world.refuses(Who::Nurse, RECOVERY, &zero, Refusal::KeyReplaced);
}

#[test]
fn a_successor_who_is_someone_already_is_refused() {
    let mut world = World::recovering();
    world.name_guardians(Who::OtherPatient, &GUARDIANS, 2);
    for successor in [
        Address::ZERO,
        HISTORY,
        ACCESS,
        Who::OtherPatient.address(),
        Who::Clinic.address(),
        Who::Agent.address(),
        // Settled as the patient's successor.
        Who::Successor.address(),
    ] {
        let call = proposeCall {
            account: Who::OtherPatient.address(),
            successor,
        };
        world.refuses(Who::Nurse, RECOVERY, &call, Refusal::SuccessorNotAllowed);
    }
}

#[test]
fn a_settled_successor_can_be_enrolled_by_nobody_until_the_recovery_ends() {
    let mut world = World::recovering();
    let enrol = enrolCall {
        person: Who::Successor.address(),
        role: Role::Nurse.code(),
        expiry: 0,
        nameCommitment: alloy_primitives::B256::repeat_byte(1),
        licenceCommitment: alloy_primitives::B256::ZERO,
    };
    let directory = crate::addresses::DIRECTORY;
    world.refuses(
        Who::Hospital,
        directory,
        &enrol,
        Refusal::AccountIsASuccessor,
    );
    world.cancel(Who::Physician);
    world.cancel(Who::Nurse);
    world.ok(Who::Hospital, directory, &enrol);
}

#[test]
fn a_proposal_is_an_approval_and_the_next_after_an_end_begins_a_new_round() {
    let mut world = World::guarded();
    world.propose(Who::Physician, Who::Successor);
    let last = world.host.logs().last().expect("an event").clone();
    let event = Proposed::decode_log(&last).expect("the event").data;
    assert_eq!((event.by, event.round), (Who::Physician.address(), 1));
    let first = world.recovery();
    assert_eq!(first.approves[0], Who::Successor.address());
    assert_eq!(
        (first.status, first.needed, first.successor),
        (1, 2, Address::ZERO)
    );
    world.cancel(Who::Physician);
    world.cancel(Who::Clinic);
    world.propose(Who::Nurse, Who::OtherSuccessor);
    let second = world.recovery();
    assert_eq!((second.round, second.status), (2, 1));
    let expected = [Address::ZERO, Who::OtherSuccessor.address(), Address::ZERO];
    assert_eq!(second.approves, expected);
    assert!(!second.cancels.contains(&true));
}

#[test]
fn a_false_name_from_one_guardian_keeps_the_others_from_nothing() {
    let mut world = World::guarded();
    world.propose(Who::Physician, Who::OtherSuccessor);
    world.propose(Who::Nurse, Who::Successor);
    assert_eq!(world.recovery_status(), RecoveryStatus::Proposed);
    world.approve_successor(Who::Clinic, Who::Successor);
    assert_eq!(world.recovery().successor, Who::Successor.address());
    world.after(DELAY).execute(Who::Patient);
    assert_eq!(
        world.controller(crate::testing::CHART),
        Who::Successor.address()
    );
}

#[test]
fn an_open_recovery_lapses_thirty_days_after_its_delay() {
    const PATIENCE: u64 = 30 * 86_400;
    let mut world = World::guarded();
    world.propose(Who::Physician, Who::Successor);
    world.after(DELAY + PATIENCE - 1);
    assert_eq!(world.recovery_status(), RecoveryStatus::Proposed);
    world.after(DELAY + PATIENCE);
    assert_eq!(world.recovery_status(), RecoveryStatus::Lapsed);
    let approve = crate::interfaces::IRecovery::approveCall {
        account: Who::Patient.address(),
        successor: Who::Successor.address(),
    };
    world.refuses(Who::Nurse, RECOVERY, &approve, Refusal::RecoveryUnknown);
    world.propose(Who::Nurse, Who::Successor);
    assert_eq!(world.recovery().round, 2);
}
