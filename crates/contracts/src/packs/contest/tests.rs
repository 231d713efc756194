//! Tests of `contest`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PACKS,
    interfaces::IPacks::{Contested, CustodyStep},
    testing::{OneTime, Shipment, Who, World, closing, left, tags},
};

/// A lot that went from the manufacturer over the wholesaler to the pharmacy.
fn delivered() -> (World, Shipment) {
    let (mut world, mut shipment) = World::with_lot(&tags(12));
    shipment.hand_over(&mut world, Who::Maker, OneTime(2));
    shipment.hand_over(&mut world, Who::Wholesaler, OneTime(3));
    (world, shipment)
}

#[test]
fn contest_refuses_in_the_documented_order() {
    let (mut world, shipment) = delivered();
    let tag = shipment.tags[4];
    let good = shipment.contest(Who::Pharmacist, tag);
    let mut call = good.clone();
    call.proof.steps = vec![CustodyStep::default(); 17];
    world.refuses(Who::Stranger, PACKS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Regulator, PACKS, &call, Refusal::NotATradingPartner);
    world.refuses(Who::Nurse, PACKS, &call, Refusal::RoleMayNotHandlePacks);
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::StepCountOutOfRange);
    call = good.clone();
    call.proof.steps[0].outer = vec![tag; 65];
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::CustodyNotProven);
    call = good.clone();
    call.proof.lot = B256::ZERO;
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::NothingToContest);
    world.ok(Who::Gateway, PACKS, &left(&shipment.tags[5..6]));
    let own = shipment.contest(Who::Pharmacist, shipment.tags[5]);
    world.refuses(Who::Pharmacist, PACKS, &own, Refusal::NothingToContest);
    world.ok(Who::OtherPharmacist, PACKS, &left(&[tag]));
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::LotUnknown);
    call = good.clone();
    call.proof.steps[1].salt = tag;
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::CustodyNotProven);
    call = good.clone();
    call.proof.steps.pop();
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::KeyClosed);
    world.refuses(Who::Maker, PACKS, &good, Refusal::NotSignedByKey);
    world.ok(Who::Pharmacist, PACKS, &good);
    world.refuses(Who::Pharmacist, PACKS, &good, Refusal::NothingToContest);
}

#[test]
fn who_let_a_pack_leave_while_holding_it_is_not_contested_by_whom_it_goes_to_afterwards() {
    let (mut world, mut shipment) = delivered();
    let tag = shipment.tags[0];
    world.ok(Who::Pharmacist, PACKS, &left(&[tag]));
    shipment.hand_over(&mut world, Who::Pharmacist, OneTime(4));
    shipment.hand_over(&mut world, Who::Wholesaler, OneTime(5));
    let call = shipment.contest(Who::OtherPharmacist, tag);
    world.refuses(Who::OtherPharmacist, PACKS, &call, Refusal::ExitByTheHolder);
    assert_eq!(world.exit(tag).organisation, 7);
}

#[test]
fn who_let_a_pack_leave_after_handing_it_over_is_contested() {
    let (mut world, mut shipment) = delivered();
    let tag = shipment.tags[0];
    shipment.hand_over(&mut world, Who::Pharmacist, OneTime(4));
    world.ok(Who::Pharmacist, PACKS, &left(&[tag]));
    let call = shipment.contest(Who::OtherPharmacist, tag);
    world.ok(Who::OtherPharmacist, PACKS, &call);
    world.ok(Who::OtherPharmacist, PACKS, &left(&[tag]));
}

#[test]
fn a_contest_strikes_the_exit_names_who_guessed_and_reserves_the_pack() {
    let (mut world, shipment) = delivered();
    let tag = shipment.tags[7];
    world.ok(Who::OtherPharmacist, PACKS, &left(&[tag]));
    world.ok(
        Who::Pharmacist,
        PACKS,
        &shipment.contest(Who::Pharmacist, tag),
    );
    let log = world.host.logs().last().expect("an event");
    let event = Contested::decode_log(log).expect("the event").data;
    assert_eq!((event.organisation, event.guesser), (7, 8));
    assert_eq!(event.account, Who::Pharmacist.address());
    let exit = world.exit(tag);
    assert_eq!((exit.kind, exit.exits, exit.reservedFor), (0, 1, 7));
    assert!(exit.contested);
    world.refuses(
        Who::OtherPharmacist,
        PACKS,
        &left(&[tag]),
        Refusal::PackReserved,
    );
    world.ok(Who::Pharmacist, PACKS, &left(&[tag]));
    assert_eq!(world.exit(tag).exits, 2);
}

#[test]
fn a_later_holder_takes_over_the_reservation_and_an_earlier_one_does_not_get_it_back() {
    let (mut world, mut shipment) = delivered();
    let tag = shipment.tags[7];
    world.ok(Who::OtherPharmacist, PACKS, &left(&[tag]));
    let earlier = shipment.contest(Who::Wholesaler, tag);
    world.ok(
        Who::Pharmacist,
        PACKS,
        &shipment.contest(Who::Pharmacist, tag),
    );
    shipment.hand_over(&mut world, Who::Pharmacist, OneTime(4));
    let later = shipment.contest(Who::Hospital, tag);
    world.ok(Who::Hospital, PACKS, &later);
    assert_eq!(world.exit(tag).reservedFor, 1);
    let log = world.host.logs().last().expect("an event");
    assert_eq!(
        Contested::decode_log(log).expect("the event").data.guesser,
        0
    );
    world.refuses(Who::Wholesaler, PACKS, &earlier, Refusal::KeyClosed);
}

#[test]
fn the_manufacturer_contests_with_the_lots_first_key() {
    let (mut world, shipment) = World::with_lot(&tags(3));
    let tag = shipment.tags[1];
    world.ok(Who::Pharmacist, PACKS, &left(&[tag]));
    let call = shipment.contest(Who::Maker, tag);
    assert!(call.proof.steps.is_empty());
    world.ok(Who::Maker, PACKS, &call);
    assert_eq!(world.exit(tag).reservedFor, 4);
}

#[test]
fn who_closes_the_last_key_loses_the_contest() {
    let (mut world, shipment) = delivered();
    let tag = shipment.tags[1];
    world.ok(Who::OtherPharmacist, PACKS, &left(&[tag]));
    let call = shipment.contest(Who::Pharmacist, tag);
    let account = Who::Pharmacist.address();
    let close = closing(account, &[shipment.holder], B256::repeat_byte(9));
    world.ok(Who::Pharmacist, PACKS, &close);
    world.refuses(Who::Pharmacist, PACKS, &call, Refusal::KeyClosed);
}
