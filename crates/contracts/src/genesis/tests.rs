//! Tests of genesis.

use alloy_primitives::{Address, B256};

use super::*;
use crate::testing::members;

#[test]
fn check_refuses_each_contradiction_by_its_name() {
    type Change = fn(&mut GenesisMembers);
    let rows: [(GenesisRefusal, Change); 25] = [
        (GenesisRefusal::OrganisationCount, |m| {
            m.organisations.clear()
        }),
        (GenesisRefusal::ValidatorCount, |m| m.validators.clear()),
        (GenesisRefusal::ValidatorCount, |m| m.validators_max = 1),
        (GenesisRefusal::ValidatorCount, |m| m.validators_max = 65),
        (GenesisRefusal::NameMalformed, |m| {
            m.organisations[0].name.clear()
        }),
        (GenesisRefusal::NameMalformed, |m| {
            m.organisations[2].name = "x".repeat(65)
        }),
        (GenesisRefusal::NameMalformed, |m| {
            m.organisations[1].name = "a\nb".into()
        }),
        (GenesisRefusal::LocationLength, |m| {
            m.validators[0].location = "x".repeat(129)
        }),
        (GenesisRefusal::AdminAccount, |m| {
            m.organisations[0].admin = Address::ZERO
        }),
        (GenesisRefusal::AdminAccount, |m| {
            m.organisations[0].admin = HISTORY
        }),
        (GenesisRefusal::AdminAccount, |m| {
            m.organisations[0].admin = m.organisations[1].admin
        }),
        (GenesisRefusal::IdentityTwice, |m| {
            m.validators[0].identity = m.validators[1].identity
        }),
        (GenesisRefusal::UnknownOrganisation, |m| {
            m.validators[0].organisation = 0
        }),
        (GenesisRefusal::UnknownOrganisation, |m| {
            m.validators[0].organisation = 4
        }),
        (GenesisRefusal::ParameterZero, |m| {
            m.parameters.rules_per_chart = 0
        }),
        (GenesisRefusal::ParameterZero, |m| {
            m.parameters.common_gas_per_block = 0
        }),
        (GenesisRefusal::ParameterZero, |m| {
            m.parameters.opening_lifetime = 0
        }),
        (GenesisRefusal::ParameterZero, |m| m.parameters.rule_gas = 0),
        (GenesisRefusal::ParameterZero, |m| {
            m.parameters.review_period = 0
        }),
        (GenesisRefusal::ParameterTooLong, |m| {
            m.parameters.voting_period = 90 * 86_400 + 1
        }),
        (GenesisRefusal::ParameterTooLong, |m| {
            m.parameters.grant_lifetime = 101 * 366 * 86_400
        }),
        (GenesisRefusal::ParameterTooLarge, |m| {
            m.parameters.rule_gas = 2_000_001
        }),
        (GenesisRefusal::ParameterTooLarge, |m| {
            m.parameters.signature_gas = 2_000_001
        }),
        (GenesisRefusal::ParameterTooLarge, |m| {
            m.parameters.rules_per_chart = 513
        }),
        (GenesisRefusal::DelaysCrossed, |m| {
            m.parameters.recovery_delay_max = m.parameters.recovery_delay_min - 1
        }),
    ];
    assert_eq!(members().check(), Ok(()));
    for (refusal, change) in rows {
        let mut members = members();
        change(&mut members);
        assert_eq!(members.check(), Err(refusal));
    }
}

#[test]
fn storage_is_sorted_without_zeros_and_the_same_each_time() {
    let storage = genesis_storage(&members());
    assert!(storage.is_sorted());
    assert!(storage.iter().all(|(_, _, value)| !value.is_zero()));
    assert_eq!(storage, genesis_storage(&members()));
}

#[test]
fn names_of_any_allowed_length_come_back_as_they_were() {
    use crate::{members::state::organisation_name, testing::World};
    for length in [1, 31, 32, 33, 63, 64] {
        let mut genesis = members();
        genesis.organisations[0].name = "é".repeat(length / 2) + &"x".repeat(length % 2);
        let mut world = World::at_genesis();
        for (address, slot, value) in genesis_storage(&genesis) {
            crate::Host::sstore(&mut world.host, address, slot, value).expect("memory");
        }
        let name = organisation_name(&mut world.host, 1).expect("memory");
        assert_eq!(name, genesis.organisations[0].name);
    }
}

#[test]
fn a_validator_is_known_by_its_identity() {
    let storage = genesis_storage(&members());
    let identity = U256::from_be_bytes(B256::repeat_byte(2).0);
    assert!(storage.iter().any(|(_, _, value)| *value == identity));
}
