//! Tests of `enrol`.

use alloy_primitives::{Address, B256};

use crate::{
    Refusal, addresses,
    addresses::DIRECTORY,
    codes::Role,
    interfaces::IDirectory::{enrolCall, peopleCall, personCall, setKeyCall, standingCall},
    testing::{START, Who, World},
};

fn nurse(person: Address) -> enrolCall {
    enrolCall {
        person,
        role: Role::Nurse.code(),
        expiry: START + 10,
        nameCommitment: B256::repeat_byte(1),
        licenceCommitment: B256::repeat_byte(2),
    }
}

#[test]
fn enrol_refuses_in_the_documented_order() {
    let mut world = World::new();
    let mut call = enrolCall {
        person: Address::ZERO,
        role: 0,
        expiry: START,
        nameCommitment: B256::ZERO,
        licenceCommitment: B256::ZERO,
    };
    for caller in [Who::Stranger, Who::Patient, Who::Author] {
        world.refuses(caller, DIRECTORY, &call, Refusal::NotAnAdministrator);
    }
    for account in [Address::ZERO, addresses::HISTORY, addresses::ACCESS] {
        call.person = account;
        world.refuses(Who::Hospital, DIRECTORY, &call, Refusal::AccountNotAllowed);
    }
    call.person = Who::Clinic.address();
    world.refuses(
        Who::Hospital,
        DIRECTORY,
        &call,
        Refusal::AccountIsAnOrganisation,
    );
    call.person = Who::Nurse.address();
    for role in [0, 10, 255] {
        call.role = role;
        world.refuses(Who::Hospital, DIRECTORY, &call, Refusal::UnknownRole);
    }
    call.role = Role::Nurse.code();
    world.refuses(Who::Hospital, DIRECTORY, &call, Refusal::ExpiryPassed);
    call.expiry = START + 1;
    world.refuses(Who::Hospital, DIRECTORY, &call, Refusal::CommitmentMissing);
    call.nameCommitment = B256::repeat_byte(1);
    world.refuses(Who::Hospital, DIRECTORY, &call, Refusal::AlreadyEnrolled);
    call.person = Who::Stranger.address();
    world.ok(Who::Hospital, DIRECTORY, &call);
}

#[test]
fn a_person_of_role_administrator_enrols_for_the_same_organisation() {
    let mut world = World::new();
    world.ok(
        Who::Administrator,
        DIRECTORY,
        &nurse(Who::Stranger.address()),
    );
    let person = world.ok(
        Who::Agent,
        DIRECTORY,
        &personCall {
            account: Who::Stranger.address(),
        },
    );
    assert_eq!(
        (person.organisation, person.role, person.status),
        (1, Role::Nurse.code(), 1)
    );
    assert_eq!(
        (person.expiry, person.enrolledTimeMs),
        (START + 10, START * 1_000)
    );
    assert_eq!(person.licenceCommitment, B256::repeat_byte(2));
    assert_eq!(
        person.key,
        B256::ZERO,
        "an organisation cannot give a person a key"
    );
}

#[test]
fn enrolment_ends_by_itself_at_its_expiry() {
    let mut world = World::new();
    let account = Who::Stranger.address();
    world.ok(Who::Hospital, DIRECTORY, &nurse(account));
    let standing = world
        .after(9)
        .ok(Who::Agent, DIRECTORY, &standingCall { account });
    assert_eq!(
        (standing.organisation, standing.role),
        (1, Role::Nurse.code())
    );
    let standing = world
        .after(10)
        .ok(Who::Agent, DIRECTORY, &standingCall { account });
    assert_eq!((standing.organisation, standing.role), (0, 0));
}

#[test]
fn another_organisation_enrols_a_person_who_left_and_the_key_stays() {
    let mut world = World::new();
    let (account, key) = (Who::Nurse.address(), B256::repeat_byte(9));
    world.ok(Who::Nurse, DIRECTORY, &setKeyCall { key });
    world.refuses(
        Who::Hospital,
        DIRECTORY,
        &nurse(account),
        Refusal::AlreadyEnrolled,
    );
    world.end(Who::Clinic, Who::Nurse);
    world.ok(Who::Hospital, DIRECTORY, &nurse(account));
    let person = world.ok(Who::Nurse, DIRECTORY, &personCall { account });
    assert_eq!((person.organisation, person.key), (1, key));
}

#[test]
fn a_list_names_each_account_once_however_often_it_comes_back() {
    let mut world = World::new();
    for _ in 0..2 {
        world.end(Who::Clinic, Who::Nurse);
        world.enrol(Who::Clinic, Who::Nurse, Role::Nurse);
    }
    let call = peopleCall {
        organisation: 2,
        from: 0,
        limit: 100,
    };
    let people = world.ok(Who::Agent, DIRECTORY, &call);
    let accounts: Vec<_> = people.page.iter().map(|person| person.account).collect();
    assert_eq!(accounts, [Who::Physician.address(), Who::Nurse.address()]);
    assert_eq!(people.total, 2);
}
