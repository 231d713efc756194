//! Tests of `record`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::CABINETS,
    codes::Role,
    interfaces::ICabinets::{Recorded, recordCall},
    testing::{CABINET, ITEM, Opened, Who, World, movement, recording},
};

#[test]
fn record_refuses_in_the_documented_order() {
    let mut world = World::with_cabinet();
    world.enrol(Who::Pharmacy, Who::Successor, Role::PrivacyOfficer);
    let mut call = recordCall {
        cabinet: B256::ZERO,
        item: B256::ZERO,
        amounts: [B256::repeat_byte(0xff); 6],
        document: B256::ZERO,
    };
    world.refuses(Who::Stranger, CABINETS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::CabinetUnknown);
    call.cabinet = CABINET;
    for who in [Who::OtherPharmacist, Who::Regulator] {
        world.refuses(who, CABINETS, &call, Refusal::NotYourCabinet);
    }
    world.refuses(Who::Successor, CABINETS, &call, Refusal::RoleMayNotRecord);
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::CommitmentMissing);
    call.item = ITEM;
    let good = recording(&movement([10, 0, 0, 0, 0], 1));
    for index in 0..6 {
        call.amounts = good.amounts;
        call.amounts[index] = B256::repeat_byte(0xff);
        world.refuses(
            Who::Pharmacist,
            CABINETS,
            &call,
            Refusal::CommitmentMalformed,
        );
    }
    for index in 0..6 {
        call.amounts = good.amounts;
        call.amounts[index] = Opened::new(3, 99).encode();
        world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::NotConserved);
    }
    world.ok(Who::Pharmacist, CABINETS, &good);
    for document in [good.document, B256::ZERO] {
        let again = recordCall {
            document,
            ..good.clone()
        };
        world.refuses(Who::Gateway, CABINETS, &again, Refusal::RecordedAlready);
    }
}

#[test]
fn balances_are_the_sums_of_what_was_recorded() {
    let mut world = World::with_cabinet();
    let mut sums = [Opened::NOTHING; 6];
    for (shares, number) in [
        ([100, 0, 0, 0, 0], 10),
        ([-7, 5, 1, 0, 1], 20),
        ([-20, 0, 0, 20, 0], 30),
        ([-3, 3, 0, 0, 0], 40),
    ] {
        let amounts = movement(shares, number);
        world.ok(Who::Gateway, CABINETS, &recording(&amounts));
        for (sum, amount) in sums.iter_mut().zip(amounts) {
            *sum = sum.plus(amount);
        }
    }
    let found = world.balances();
    let [received, stock, dispensed, wasted, returned, lost] = sums.map(|sum| sum.encode());
    assert_eq!(sums.map(|sum| sum.amount), [100, 70, 8, 1, 20, 1]);
    assert_eq!((found.received, found.stock), (received, stock));
    assert_eq!((found.dispensed, found.wasted), (dispensed, wasted));
    assert_eq!((found.returned, found.lost), (returned, lost));
    assert_eq!((found.entries, found.equalTimeMs), (4, 0));
}

#[test]
fn an_amount_of_nothing_leaves_its_balance_and_a_record_is_told_as_it_was_sent() {
    let mut world = World::with_cabinet();
    let amount = Opened::new(10, 1);
    let mut amounts = [Opened::NOTHING; 6];
    (amounts[0], amounts[1]) = (amount, amount);
    let call = recording(&amounts);
    world.ok(Who::Pharmacist, CABINETS, &call);
    let found = world.balances();
    assert_eq!((found.stock, found.lost), (amount.encode(), B256::ZERO));
    let log = world.host.logs().last().expect("an event");
    let event = Recorded::decode_log(log).expect("the event").data;
    assert_eq!(
        (event.cabinet, event.item, event.amounts),
        (CABINET, ITEM, call.amounts)
    );
    assert_eq!(
        (event.account, event.document),
        (Who::Pharmacist.address(), call.document)
    );
}
