//! Tests of the views of delegation.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::DELEGATION,
    codes::{Kind, Purpose},
    interfaces::IDelegation::{actsForCall, delegatesCall, delegationCall, mandatesCall},
    testing::{CHART, Who, World, proxy},
};

#[test]
fn views_of_a_chart_are_for_its_parties() {
    let mut world = World::with_records();
    world.ok(Who::Patient, DELEGATION, &proxy());
    let delegate = Who::Agent.address();
    let one = delegationCall {
        chart: CHART,
        delegate,
    };
    let page = delegatesCall {
        chart: CHART,
        from: 0,
        limit: 10,
    };
    for who in [Who::Nurse, Who::OtherPatient, Who::Stranger] {
        world.refuses(who, DELEGATION, &one, Refusal::NotAParty);
        world.refuses(who, DELEGATION, &page, Refusal::NotAParty);
    }
    for who in [Who::Patient, Who::Author, Who::Agent] {
        world.ok(who, DELEGATION, &one);
        world.ok(who, DELEGATION, &page);
    }
    let unknown = delegationCall {
        delegate: Who::Nurse.address(),
        ..one
    };
    world.refuses(Who::Patient, DELEGATION, &unknown, Refusal::DelegateUnknown);
    let none = delegatesCall { limit: 0, ..page };
    world.refuses(Who::Patient, DELEGATION, &none, Refusal::PageOutOfRange);
    let none = mandatesCall { from: 0, limit: 0 };
    world.refuses(Who::Agent, DELEGATION, &none, Refusal::PageOutOfRange);
}

#[test]
fn whether_someone_acts_is_told_to_her_and_to_parties() {
    let mut world = World::with_records();
    world.ok(Who::Patient, DELEGATION, &proxy());
    let call = actsForCall {
        chart: CHART,
        account: Who::Agent.address(),
        kinds: Kind::Laboratory.bit().0,
        purpose: Purpose::Treatment.code(),
    };
    assert!(world.ok(Who::Agent, DELEGATION, &call));
    assert!(world.ok(Who::Author, DELEGATION, &call));
    world.refuses(Who::Nurse, DELEGATION, &call, Refusal::NotAParty);
    let own = actsForCall {
        account: Who::Nurse.address(),
        ..call.clone()
    };
    assert!(!world.ok(Who::Nurse, DELEGATION, &own));
    let nowhere = actsForCall {
        chart: B256::ZERO,
        ..call
    };
    assert!(!world.ok(Who::Agent, DELEGATION, &nowhere));
}
