//! Tests of `explain`, and of the lists of what is unexplained.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::CABINETS,
    codes::Role,
    interfaces::ICabinets::{
        Explained, discrepancyByNumberCall, explainCall, openDiscrepanciesCall,
        overdueDiscrepanciesCall,
    },
    testing::{Opened, Who, World},
};

const REPORT: B256 = B256::repeat_byte(0x19);

fn explain(discrepancy: u64) -> explainCall {
    explainCall {
        discrepancy,
        outcome: 3,
        document: REPORT,
    }
}

/// So many discrepancies, counted by the pharmacist and witnessed by the second one.
fn world_with(discrepancies: u64) -> World {
    let mut world = World::with_cabinet();
    world.moves([10, 0, 0, 0, 0], 1);
    for number in 0..discrepancies {
        let call = world.counting(Opened::new(9, 99), B256::ZERO);
        let done = world.ok(Who::Pharmacist, CABINETS, &call);
        assert_eq!((done.equal, done.discrepancy), (false, number));
    }
    world
}

fn open_numbers(world: &mut World, who: Who, organisation: u32) -> Vec<u64> {
    let call = openDiscrepanciesCall {
        organisation,
        from: 0,
        limit: 100,
    };
    let found = world.ok(who, CABINETS, &call);
    let mut numbers: Vec<_> = found.page.iter().map(|one| one.number).collect();
    assert_eq!(numbers.len() as u64, found.total);
    numbers.sort_unstable();
    numbers
}

#[test]
fn explain_refuses_in_the_documented_order() {
    let mut world = world_with(1);
    world.enrol(Who::Pharmacy, Who::Successor, Role::Nurse);
    let mut call = explainCall {
        discrepancy: 1,
        outcome: 0,
        document: B256::ZERO,
    };
    world.refuses(Who::Stranger, CABINETS, &call, Refusal::NotEnrolled);
    for outcome in [0, 5, 255] {
        call.outcome = outcome;
        world.refuses(Who::Manager, CABINETS, &call, Refusal::UnknownOutcome);
    }
    call.outcome = 4;
    world.refuses(Who::Manager, CABINETS, &call, Refusal::CommitmentMissing);
    call.document = REPORT;
    world.refuses(Who::Manager, CABINETS, &call, Refusal::DiscrepancyUnknown);
    call.discrepancy = 0;
    for who in [Who::OtherPharmacist, Who::Regulator] {
        world.refuses(who, CABINETS, &call, Refusal::NotYourCabinet);
    }
    for who in [Who::Successor, Who::Gateway] {
        world.refuses(who, CABINETS, &call, Refusal::RoleMayNotExplain);
    }
    for who in [Who::Pharmacist, Who::SecondPharmacist] {
        world.refuses(who, CABINETS, &call, Refusal::OwnDiscrepancy);
    }
    world.ok(Who::Manager, CABINETS, &call);
    for who in [Who::Manager, Who::Pharmacy] {
        world.refuses(who, CABINETS, &call, Refusal::ExplainedAlready);
    }
}

#[test]
fn an_explanation_stands_at_its_discrepancy_and_changes_no_balance() {
    let mut world = world_with(1);
    let before = world.balances();
    world.after(500).ok(Who::Pharmacy, CABINETS, &explain(0));
    assert_eq!(world.balances(), before);
    let view = discrepancyByNumberCall { number: 0 };
    let found = world.ok(Who::Pharmacist, CABINETS, &view);
    assert_eq!((found.outcome, found.document), (3, REPORT));
    assert_eq!(found.explainedBy, Who::Pharmacy.address());
    assert_eq!(found.explainedTimeMs, world.host.time_ms);
    let log = world.host.logs().last().expect("an event");
    let event = Explained::decode_log(log).expect("the event").data;
    assert_eq!((event.number, event.organisation, event.outcome), (0, 7, 3));
    assert_eq!(
        (event.account, event.document),
        (Who::Pharmacy.address(), REPORT)
    );
}

#[test]
fn what_is_explained_in_any_order_leaves_the_lists_of_organisation_and_auditor() {
    let mut world = world_with(5);
    let mut expected = vec![0, 1, 2, 3, 4];
    for number in [1, 4, 0, 3, 2] {
        world.ok(Who::Manager, CABINETS, &explain(number));
        expected.retain(|one| *one != number);
        assert_eq!(open_numbers(&mut world, Who::Pharmacist, 7), expected);
        assert_eq!(open_numbers(&mut world, Who::Regulator, 9), expected);
    }
    let state = &mut crate::cabinets::state::state(&mut world.host);
    let left = crate::cabinets::state::OPEN_OF
        .at(state, 7)
        .expect("memory");
    for place in 0..5 {
        let item = left.at(state, place).expect("memory");
        assert_eq!(item.load(state), Ok(0));
    }
}

#[test]
fn a_discrepancy_is_overdue_after_24_hours() {
    let mut world = world_with(2);
    let overdue = |world: &mut World, who, organisation| {
        world.ok(who, CABINETS, &overdueDiscrepanciesCall { organisation })
    };
    world.after(86_399);
    assert_eq!(overdue(&mut world, Who::Pharmacist, 7), 0);
    world.after(86_400);
    assert_eq!(overdue(&mut world, Who::Pharmacist, 7), 2);
    assert_eq!(overdue(&mut world, Who::Regulator, 9), 2);
    world.ok(Who::Manager, CABINETS, &explain(1));
    assert_eq!(overdue(&mut world, Who::Pharmacist, 7), 1);
}
