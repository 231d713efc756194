//! Tests of what a frozen or removed actor may not do, and of the signing domain.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::PACKS,
    codes::Role,
    interfaces::IPacks::{commitCall, eip712DomainCall},
    testing::{Who, World},
};

#[test]
fn a_frozen_a_replaced_and_an_ended_key_enter_nothing() {
    let call = commitCall {
        documents: vec![B256::repeat_byte(1)],
    };
    let mut world = World::with_supply();
    world.end(Who::Pharmacy, Who::SecondPharmacist);
    world.refuses(Who::SecondPharmacist, PACKS, &call, Refusal::EnrolmentEnded);
    world.end(Who::Hospital, Who::Patient);
    world.enrol(Who::Hospital, Who::Patient, Role::Pharmacist);
    world.name_guardians(Who::Patient, &crate::testing::GUARDIANS, 2);
    world.freeze_patient();
    world.refuses(Who::Patient, PACKS, &call, Refusal::KeyFrozen);
    let mut world = World::with_supply();
    world.name_guardians(Who::Patient, &crate::testing::GUARDIANS, 2);
    world.replace_patient();
    world.refuses(Who::Patient, PACKS, &call, Refusal::KeyReplaced);
}

#[test]
fn the_signing_domain_names_the_contract() {
    let mut world = World::with_supply();
    let domain = world.ok(Who::Stranger, PACKS, &eip712DomainCall {});
    assert_eq!(
        (domain.name.as_str(), domain.version.as_str()),
        ("Theriac", "1")
    );
    assert_eq!((domain.verifyingContract, domain.fields.0), (PACKS, [0x0f]));
}
