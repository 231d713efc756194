//! Tests of `prescribe`.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PRESCRIPTIONS,
    codes::Role,
    interfaces::IPrescriptions::{Prescribed, prescribeCall, prescriptionCall},
    testing::{OneTime, Opened, START, Who, World, filling, prescription},
};

#[test]
fn prescribe_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    world.enrol(Who::Pharmacy, Who::Successor, Role::Physician);
    let good = prescription();
    let mut call = prescribeCall {
        key: Address::ZERO,
        terms: B256::ZERO,
        fills: 0,
        quantity: B256::ZERO,
        from: START + 1,
        until: START,
    };
    world.refuses(Who::Stranger, PRESCRIPTIONS, &call, Refusal::NotEnrolled);
    for who in [
        Who::Nurse,
        Who::Clinic,
        Who::Pharmacist,
        Who::Successor,
        Who::Patient,
    ] {
        world.refuses(who, PRESCRIPTIONS, &call, Refusal::NotAPrescriber);
    }
    world.refuses(Who::Physician, PRESCRIPTIONS, &call, Refusal::KeyMissing);
    call.key = good.key;
    world.refuses(
        Who::Physician,
        PRESCRIPTIONS,
        &call,
        Refusal::CommitmentMissing,
    );
    call.terms = good.terms;
    world.refuses(
        Who::Physician,
        PRESCRIPTIONS,
        &call,
        Refusal::CommitmentMissing,
    );
    call.quantity = B256::repeat_byte(0xff);
    for fills in [0, 101, 255] {
        call.fills = fills;
        world.refuses(
            Who::Physician,
            PRESCRIPTIONS,
            &call,
            Refusal::FillsOutOfRange,
        );
    }
    call.fills = 100;
    for (from, until) in [
        (START + 1, START),
        (START, START),
        (START, START + 366 * 86_400 + 1),
        (0, START),
    ] {
        (call.from, call.until) = (from, until);
        world.refuses(
            Who::Physician,
            PRESCRIPTIONS,
            &call,
            Refusal::WindowMalformed,
        );
    }
    (call.from, call.until) = (START - 9, START);
    world.refuses(Who::Physician, PRESCRIPTIONS, &call, Refusal::ExpiryPassed);
    call.until = START - 9 + 366 * 86_400;
    world.refuses(
        Who::Physician,
        PRESCRIPTIONS,
        &call,
        Refusal::CommitmentMalformed,
    );
    call.quantity = good.quantity;
    world.ok(Who::Physician, PRESCRIPTIONS, &call);
    world.refuses(Who::Author, PRESCRIPTIONS, &call, Refusal::KeyUsed);
    let whole = Opened::new(30, 1);
    let (dispensed, left) = (Opened::new(10, 2), whole.minus(Opened::new(10, 2)));
    let keys = (OneTime(1), Some(OneTime(2)));
    let fill = filling(Who::Pharmacist, keys, (dispensed, left));
    world.ok(Who::Pharmacist, PRESCRIPTIONS, &fill);
    call.key = OneTime(2).address();
    world.refuses(Who::Author, PRESCRIPTIONS, &call, Refusal::KeyUsed);
}

#[test]
fn a_prescription_is_shown_to_whoever_knows_its_key() {
    let mut world = World::with_supply();
    let call = prescription();
    let view = prescriptionCall { key: call.key };
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &view,
        Refusal::PrescriptionUnknown,
    );
    world.ok(Who::Physician, PRESCRIPTIONS, &call);
    let log = world.host.logs().last().expect("an event");
    let event = Prescribed::decode_log(log).expect("the event").data;
    assert_eq!(
        (event.key, event.organisation, event.fills),
        (call.key, 2, 3)
    );
    let shown = world.ok(Who::Stranger, PRESCRIPTIONS, &view);
    assert_eq!((shown.first, shown.current), (call.key, call.key));
    assert_eq!(
        (shown.prescriber, shown.organisation),
        (Who::Physician.address(), 2)
    );
    assert_eq!((shown.terms, shown.quantity), (call.terms, call.quantity));
    assert_eq!((shown.fills, shown.fillsLeft, shown.status), (3, 3, 1));
    assert_eq!((shown.from, shown.until), (call.from, call.until));
    assert_eq!(shown.createdTimeMs, world.host.time_ms);
}
