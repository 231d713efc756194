//! Tests of who reads cabinets.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::CABINETS,
    codes::Role,
    interfaces::ICabinets::{
        balancesCall, discrepancyByNumberCall, discrepancyCountCall, eip712DomainCall,
        openDiscrepanciesCall, overdueDiscrepanciesCall,
    },
    testing::{CABINET, ITEM, Opened, Who, World},
};

#[test]
fn readers_are_those_who_work_at_the_organisation_or_at_the_auditor() {
    let mut world = World::with_cabinet();
    world.moves([10, 0, 0, 0, 0], 1);
    let call = world.counting(Opened::new(9, 99), B256::ZERO);
    world.ok(Who::Pharmacist, CABINETS, &call);
    world.enrol(Who::Pharmacy, Who::Successor, Role::PrivacyOfficer);
    world.enrol(Who::Pharmacy, Who::OtherSuccessor, Role::Patient);
    let balances = balancesCall {
        cabinet: CABINET,
        item: ITEM,
    };
    let one = discrepancyByNumberCall { number: 0 };
    for who in [
        Who::Pharmacist,
        Who::Gateway,
        Who::Pharmacy,
        Who::Successor,
        Who::Regulator,
    ] {
        world.ok(who, CABINETS, &balances);
        world.ok(who, CABINETS, &one);
    }
    for who in [
        Who::OtherSuccessor,
        Who::OtherPharmacist,
        Who::Maker,
        Who::Stranger,
    ] {
        world.refuses(who, CABINETS, &balances, Refusal::NotACabinetReader);
        world.refuses(who, CABINETS, &one, Refusal::NotACabinetReader);
    }
    assert_eq!(
        world.ok(Who::Stranger, CABINETS, &discrepancyCountCall {}),
        1
    );
}

#[test]
fn views_refuse_what_is_not_there_and_lists_are_each_organisations_own() {
    let mut world = World::with_cabinet();
    let unknown = balancesCall {
        cabinet: B256::ZERO,
        item: ITEM,
    };
    world.refuses(Who::Pharmacist, CABINETS, &unknown, Refusal::CabinetUnknown);
    let one = discrepancyByNumberCall { number: 0 };
    world.refuses(Who::Pharmacist, CABINETS, &one, Refusal::DiscrepancyUnknown);
    let mut list = openDiscrepanciesCall {
        organisation: 7,
        from: 0,
        limit: 0,
    };
    for who in [Who::Regulator, Who::OtherPharmacist, Who::Stranger] {
        world.refuses(who, CABINETS, &list, Refusal::NotACabinetReader);
        let overdue = overdueDiscrepanciesCall { organisation: 7 };
        world.refuses(who, CABINETS, &overdue, Refusal::NotACabinetReader);
    }
    for limit in [0, 101] {
        list.limit = limit;
        world.refuses(Who::Pharmacist, CABINETS, &list, Refusal::PageOutOfRange);
    }
    let nothing = balancesCall {
        cabinet: CABINET,
        item: ITEM,
    };
    let found = world.ok(Who::Pharmacist, CABINETS, &nothing);
    assert_eq!((found.stock, found.entries), (B256::ZERO, 0));
}

#[test]
fn the_signing_domain_names_the_contract() {
    let mut world = World::with_supply();
    let domain = world.ok(Who::Stranger, CABINETS, &eip712DomainCall {});
    assert_eq!(
        (domain.verifyingContract, domain.fields.0),
        (CABINETS, [0x0f])
    );
}
