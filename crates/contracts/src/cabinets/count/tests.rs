//! Tests of `count`.

use alloy_primitives::{B256, Bytes};
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::CABINETS,
    codes::Role,
    interfaces::ICabinets::{Counted, DiscrepancyOpened, discrepancyByNumberCall},
    testing::{CABINET, ITEM, Opened, START, Who, World, witness},
};

#[test]
fn count_refuses_in_the_documented_order() {
    let mut world = World::with_cabinet();
    world.enrol(Who::Pharmacy, Who::Successor, Role::Researcher);
    let mut call = world.counting(Opened::NOTHING, B256::repeat_byte(0xff));
    call.cabinet = B256::ZERO;
    call.counted = B256::repeat_byte(0xff);
    call.witness = Who::Pharmacist.address();
    call.signature = Bytes::from(vec![0; 1_025]);
    world.refuses(Who::Stranger, CABINETS, &call, Refusal::NotEnrolled);
    // An organisation's admin account is no person.
    world.refuses(Who::Pharmacy, CABINETS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::CabinetUnknown);
    call.cabinet = CABINET;
    world.refuses(
        Who::OtherPharmacist,
        CABINETS,
        &call,
        Refusal::NotYourCabinet,
    );
    for who in [Who::Gateway, Who::Successor] {
        world.refuses(who, CABINETS, &call, Refusal::RoleMayNotCount);
    }
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::ItemUnknown);
    let stock = world.moves([10, 0, 0, 0, 0], 1);
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::ScalarMalformed);
    call.blinding = B256::ZERO;
    world.refuses(
        Who::Pharmacist,
        CABINETS,
        &call,
        Refusal::CommitmentMalformed,
    );
    let counted = Opened::new(10, 99);
    call.counted = counted.encode();
    world.refuses(
        Who::Pharmacist,
        CABINETS,
        &call,
        Refusal::WitnessIsTheCounter,
    );
    for who in [
        Who::Stranger,
        Who::OtherPharmacist,
        Who::Gateway,
        Who::Pharmacy,
        Who::Successor,
    ] {
        call.witness = who.address();
        world.refuses(
            Who::Pharmacist,
            CABINETS,
            &call,
            Refusal::WitnessNotEligible,
        );
    }
    call.witness = Who::Manager.address();
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::SignatureTooLong);
    for (who, number) in [
        (Who::SecondPharmacist, 1),
        (Who::Manager, 0),
        (Who::Manager, 2),
    ] {
        call.signature = witness(who, call.counted, number);
        world.refuses(
            Who::Pharmacist,
            CABINETS,
            &call,
            Refusal::NotSignedByWitness,
        );
    }
    call.signature = witness(Who::Manager, call.counted, 1);
    let proof = stock.blinding - counted.blinding;
    call.blinding = (-proof).encode();
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::CountNotProven);
    call.blinding = proof.encode();
    assert!(world.ok(Who::Pharmacist, CABINETS, &call).equal);
    world.refuses(
        Who::Pharmacist,
        CABINETS,
        &call,
        Refusal::NotSignedByWitness,
    );
}

#[test]
fn a_count_that_is_proven_equal_is_noted() {
    let mut world = World::with_cabinet();
    let stock = world.moves([10, 0, 0, 0, 0], 1);
    let counted = Opened::new(10, 99);
    let call = world.counting(counted, (stock.blinding - counted.blinding).encode());
    let done = world.after(50).ok(Who::Pharmacist, CABINETS, &call);
    assert_eq!((done.equal, done.discrepancy), (true, 0));
    let found = world.balances();
    assert_eq!(
        (found.entries, found.equalTimeMs),
        (2, (START + 50) * 1_000)
    );
    assert_eq!(found.stock, stock.encode());
    let log = world.host.logs().last().expect("an event");
    let event = Counted::decode_log(log).expect("the event").data;
    assert_eq!((event.cabinet, event.item), (CABINET, ITEM));
    assert_eq!(event.witness, Who::SecondPharmacist.address());
    // The same commitment needs no blinding to be equal.
    let same = world.counting(stock, B256::ZERO);
    assert!(world.ok(Who::Manager, CABINETS, &same).equal);
}

#[test]
fn a_count_that_differs_opens_a_discrepancy_over_the_time_since_the_last_equal_one() {
    let mut world = World::with_cabinet();
    let stock = world.moves([10, 0, 0, 0, 0], 1);
    let missing = Opened::new(9, 99);
    let call = world.counting(missing, B256::ZERO);
    let done = world.after(60).ok(Who::Pharmacist, CABINETS, &call);
    assert_eq!((done.equal, done.discrepancy), (false, 0));
    let log = world.host.logs().last().expect("an event");
    let event = DiscrepancyOpened::decode_log(log).expect("the event").data;
    assert_eq!(
        (event.number, event.cabinet, event.organisation),
        (0, CABINET, 7)
    );
    let equal = world.counting(stock, B256::ZERO);
    world.after(100).ok(Who::Pharmacist, CABINETS, &equal);
    let call = world.counting(missing, B256::ZERO);
    let next = world.after(200).ok(Who::Manager, CABINETS, &call);
    assert_eq!((next.equal, next.discrepancy), (false, 1));
    for (number, from, at) in [(0, 0, 60), (1, 100, 200)] {
        let view = discrepancyByNumberCall { number };
        let found = world.ok(Who::Regulator, CABINETS, &view);
        assert_eq!(
            (found.number, found.cabinet, found.item),
            (number, CABINET, ITEM)
        );
        assert_eq!(found.fromMs, (START + from) * 1_000);
        assert_eq!(found.timeMs, (START + at) * 1_000);
        assert_eq!(found.due, START + at + 86_400);
        assert_eq!(
            (found.counted, found.stock),
            (missing.encode(), stock.encode())
        );
        assert_eq!((found.organisation, found.outcome), (7, 0));
        assert_eq!(found.witness, Who::SecondPharmacist.address());
    }
}

#[test]
fn a_record_between_signature_and_count_makes_the_witness_sign_again() {
    let mut world = World::with_cabinet();
    let stock = world.moves([10, 0, 0, 0, 0], 1);
    let call = world.counting(stock, B256::ZERO);
    world.moves([-1, 1, 0, 0, 0], 20);
    world.refuses(
        Who::Pharmacist,
        CABINETS,
        &call,
        Refusal::NotSignedByWitness,
    );
}
