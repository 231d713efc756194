//! Tests of `execute`.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolEvent;

use crate::{
    OrganisationId, Refusal,
    addresses::{ACCESS, DIRECTORY, RECORDS, RECOVERY, SEALS},
    answerable,
    codes::{EnrolmentStatus, EntryKind, Kind, RecoveryStatus, RequestStatus, Role},
    interfaces::{
        IAccess::{openCall, requestByIdCall, revokeCall},
        IDirectory::{endCall, enrolCall, personCall, setKeyCall},
        IRecords::{ControlMoved, chartCall, chartsCall},
        IRecovery::{Executed, executeCall, guardiansCall, proposeCall, successionCall},
        ISeals::sealOfCall,
    },
    may_send, seal_id,
    testing::{CHART, DELAY, GUARDIANS, RECORD, SEALED, Who, World, opening, sealed_registration},
};

#[test]
fn execute_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    let call = executeCall {
        account: Who::Patient.address(),
    };
    for account in [Address::ZERO, Who::OtherPatient.address(), call.account] {
        let call = executeCall { account };
        world.refuses(Who::Stranger, RECOVERY, &call, Refusal::RecoveryUnknown);
    }
    world.propose(Who::Physician, Who::Successor);
    world.refuses(Who::Stranger, RECOVERY, &call, Refusal::ApprovalsMissing);
    world.approve_successor(Who::Nurse, Who::Successor);
    world.after(DELAY - 1);
    world.refuses(Who::Stranger, RECOVERY, &call, Refusal::DelayNotOver);
    world.after(DELAY);
    world.ok(Who::Stranger, RECOVERY, &call);
    world.refuses(Who::Stranger, RECOVERY, &call, Refusal::RecoveryUnknown);
}

#[test]
fn the_successor_stands_where_the_person_stood_and_the_old_key_nowhere() {
    let mut world = World::guarded();
    let key = setKeyCall {
        key: B256::repeat_byte(5),
    };
    world.ok(Who::Patient, DIRECTORY, &key);
    world.replace_patient();
    let person = |world: &mut World, who: Who| {
        let account = who.address();
        world.ok(Who::Agent, DIRECTORY, &personCall { account })
    };
    let (old, new) = (
        person(&mut world, Who::Patient),
        person(&mut world, Who::Successor),
    );
    assert_eq!(old.status, EnrolmentStatus::Replaced.code());
    assert_eq!(
        (new.status, new.role),
        (EnrolmentStatus::Active.code(), Role::Patient.code())
    );
    assert_eq!(
        (new.organisation, new.nameCommitment),
        (1, old.nameCommitment)
    );
    assert_eq!((old.key, new.key), (key.key, B256::ZERO));
    let account = Who::Patient.address();
    let found = world.ok(Who::Stranger, RECOVERY, &successionCall { account });
    assert_eq!(
        (found.successor, found.moved, found.charts),
        (Who::Successor.address(), 1, 1)
    );
    assert_eq!(may_send(&mut world.host, account), Ok(None));
    let sends = may_send(&mut world.host, Who::Successor.address());
    assert_eq!(sends, Ok(Some(OrganisationId(1))));
}

#[test]
fn nobody_enrols_or_ends_a_key_that_was_replaced() {
    let mut world = World::guarded();
    world.replace_patient();
    let person = Who::Patient.address();
    let enrol = enrolCall {
        person,
        role: Role::Patient.code(),
        expiry: 0,
        nameCommitment: B256::repeat_byte(1),
        licenceCommitment: B256::ZERO,
    };
    for organisation in [Who::Hospital, Who::Clinic] {
        world.refuses(organisation, DIRECTORY, &enrol, Refusal::KeyReplaced);
    }
    world.refuses(
        Who::Hospital,
        DIRECTORY,
        &endCall { person },
        Refusal::KeyReplaced,
    );
}

#[test]
fn control_moves_with_an_entry_in_the_log_and_live_grants_stay() {
    let mut world = World::guarded();
    let (granted, pending) = (world.granted(), world.ask());
    world.replace_patient();
    assert_eq!(world.controller(CHART), Who::Successor.address());
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(
        (entry.kind, entry.actor),
        (EntryKind::ControlMoved.code(), Who::Successor.address())
    );
    assert_eq!(entry.subject, Who::Patient.address().into_word());
    let moved = world
        .host
        .logs()
        .iter()
        .filter_map(|log| ControlMoved::decode_log(log).ok())
        .count();
    assert_eq!(moved, 1);
    let call = openCall {
        id: granted,
        record: RECORD,
    };
    world.ok(Who::Physician, ACCESS, &call);
    let found = world.ok(Who::Successor, ACCESS, &requestByIdCall { id: pending });
    assert_eq!(found.status, RequestStatus::Pending.code());
    world.ok(Who::Successor, ACCESS, &revokeCall { id: granted });
    let call = chartCall { id: CHART };
    world.ok(Who::Successor, RECORDS, &call);
    world.refuses(Who::Patient, RECORDS, &call, Refusal::NotAParty);
    let charts = chartsCall { from: 0, limit: 10 };
    assert_eq!(world.ok(Who::Successor, RECORDS, &charts).page[0].id, CHART);
    assert!(world.ok(Who::Patient, RECORDS, &charts).page.is_empty());
}

#[test]
fn the_successor_has_the_same_guardians_and_can_be_recovered_in_turn() {
    let mut world = World::guarded();
    world.replace_patient();
    let account = Who::Successor.address();
    let found = world.ok(Who::Successor, RECOVERY, &guardiansCall { account });
    assert_eq!(
        (found.current.accounts.len(), found.current.threshold),
        (3, 2)
    );
    for guardian in [Who::Nurse, Who::Clinic] {
        let call = proposeCall {
            account,
            successor: Who::OtherSuccessor.address(),
        };
        world.ok(guardian, RECOVERY, &call);
    }
    world.after(2 * DELAY);
    world.execute(Who::Successor);
    assert_eq!(world.controller(CHART), Who::OtherSuccessor.address());
}

#[test]
fn an_ended_person_is_recovered_as_one_and_controls_her_charts() {
    let mut world = World::guarded();
    world.end(Who::Hospital, Who::Patient);
    world.replace_patient();
    let account = Who::Successor.address();
    let found = world.ok(Who::Agent, DIRECTORY, &personCall { account });
    assert_eq!(found.status, EnrolmentStatus::Ended.code());
    let sends = may_send(&mut world.host, account);
    assert_eq!(sends, Ok(Some(OrganisationId::NONE)));
}

#[test]
fn who_executed_is_told() {
    let mut world = World::guarded();
    world.replace_patient();
    let told: Vec<_> = world
        .host
        .logs()
        .iter()
        .filter_map(|log| Executed::decode_log(log).ok())
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].by, told[0].round), (Who::Agent.address(), 1));
    assert_eq!(world.recovery_status(), RecoveryStatus::Executed);
}

#[test]
fn sealed_records_open_to_the_successor_and_openings_of_the_old_key_are_answered_no_longer() {
    let mut world = World::with_seals();
    world.name_guardians(Who::Patient, &GUARDIANS, 2);
    let own = world.ok(Who::Patient, SEALS, &opening());
    assert!(own.admitted);
    let seal = world.seal_of(SEALED);
    let ask = |world: &mut World, number| answerable(&mut world.host, number, &[seal]).unwrap();
    assert!(ask(&mut world, own.opening).is_ok());
    world.freeze_patient();
    assert_eq!(ask(&mut world, own.opening), Err(Refusal::OpeningClosed));
    world.refuses(Who::Patient, SEALS, &opening(), Refusal::KeyFrozen);
    world.approve_successor(Who::Nurse, Who::Successor);
    world.after(DELAY).execute(Who::Patient);
    assert_eq!(ask(&mut world, own.opening), Err(Refusal::OpeningClosed));
    world.refuses(Who::Patient, SEALS, &opening(), Refusal::KeyReplaced);
    let new = world.ok(Who::Successor, SEALS, &opening());
    assert!(new.admitted && ask(&mut world, new.opening).is_ok());
}

#[test]
fn control_that_moves_closes_the_openings_of_readers_whose_rules_stay() {
    let mut world = World::with_seals();
    world.name_guardians(Who::Patient, &GUARDIANS, 2);
    let before = world.opened();
    world.replace_patient();
    let call = sealOfCall { record: SEALED };
    let seal = world.ok(Who::Successor, SEALS, &call).id;
    let answer = answerable(&mut world.host, before, &[seal]).unwrap();
    assert_eq!(answer, Err(Refusal::OpeningClosed));
    let again = world.ok(Who::Physician, SEALS, &opening());
    assert!(again.admitted, "the rule stays");
}

#[test]
fn a_record_is_sealed_for_the_controller_of_its_time() {
    let mut world = World::with_seals();
    world.name_guardians(Who::Patient, &GUARDIANS, 2);
    let before = world.seal_of(SEALED);
    world.replace_patient();
    let record = B256::repeat_byte(0xeb);
    let call = sealed_registration(record, CHART, Kind::Plan);
    world.ok(Who::Author, RECORDS, &call);
    let seal = |world: &mut World, record| {
        let call = sealOfCall { record };
        world.ok(Who::Successor, SEALS, &call).id
    };
    let expected = seal_id(1_337, (record, 1), Who::Successor.address(), call.salt);
    assert_eq!(seal(&mut world, record), expected);
    assert_eq!(seal(&mut world, SEALED), before);
}
