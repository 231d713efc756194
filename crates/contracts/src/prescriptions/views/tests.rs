//! Tests of what is shown of prescriptions that are not there, and of the signing domain.

use alloy_primitives::Address;

use crate::{
    addresses::PRESCRIPTIONS,
    interfaces::IPrescriptions::{eip712DomainCall, fillOfCall},
    testing::{OneTime, Who, World, prescription},
};

#[test]
fn a_key_that_is_not_spent_has_no_fill() {
    let mut world = World::with_supply();
    world.ok(Who::Physician, PRESCRIPTIONS, &prescription());
    for key in [OneTime(1).address(), OneTime(2).address(), Address::ZERO] {
        let fill = world.ok(Who::Pharmacist, PRESCRIPTIONS, &fillOfCall { key });
        assert_eq!((fill.key, fill.pharmacist), (Address::ZERO, Address::ZERO));
    }
}

#[test]
fn the_signing_domain_names_the_contract() {
    let mut world = World::with_supply();
    let domain = world.ok(Who::Stranger, PRESCRIPTIONS, &eip712DomainCall {});
    assert_eq!(
        (domain.verifyingContract, domain.fields.0),
        (PRESCRIPTIONS, [0x0f])
    );
}
