//! Tests of `fill`.

use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PRESCRIPTIONS,
    codes::Role,
    interfaces::IPrescriptions::{Filled, cancelCall, fillCall, fillOfCall, prescriptionCall},
    testing::{OneTime, Opened, START, Who, World, filling, prescription},
};

const WHOLE: (i64, u64) = (30, 1);

fn amounts() -> (Opened, Opened) {
    let dispensed = Opened::new(10, 2);
    (dispensed, Opened::new(WHOLE.0, WHOLE.1).minus(dispensed))
}

fn first(who: Who, next: u64) -> fillCall {
    filling(who, (OneTime(1), Some(OneTime(next))), amounts())
}

fn prescribed() -> World {
    let mut world = World::with_supply();
    world.ok(Who::Physician, PRESCRIPTIONS, &prescription());
    world
}

#[test]
fn fill_refuses_in_the_documented_order() {
    let mut world = prescribed();
    let good = first(Who::Pharmacist, 2);
    let mut call = fillCall {
        key: OneTime(9).address(),
        next: Address::ZERO,
        dispensed: B256::repeat_byte(0xff),
        left: B256::repeat_byte(0xff),
        document: B256::ZERO,
        signature: Bytes::new(),
    };
    world.refuses(Who::Stranger, PRESCRIPTIONS, &call, Refusal::NotEnrolled);
    for who in [Who::Maker, Who::Wholesaler, Who::Regulator] {
        world.refuses(who, PRESCRIPTIONS, &call, Refusal::NotADispenser);
    }
    for who in [Who::Gateway, Who::Manager, Who::Physician, Who::Pharmacy] {
        world.refuses(who, PRESCRIPTIONS, &call, Refusal::RoleMayNotDispense);
    }
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::PrescriptionUnknown,
    );
    call.key = good.key;
    world.host.time_ms = START * 1_000 - 1;
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::PrescriptionNotBegun,
    );
    world.after(30 * 86_400);
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::PrescriptionExpired,
    );
    world.host.time_ms -= 1;
    world.refuses(Who::Pharmacist, PRESCRIPTIONS, &call, Refusal::KeyMissing);
    call.next = good.key;
    world.refuses(Who::Pharmacist, PRESCRIPTIONS, &call, Refusal::KeyUsed);
    call.next = good.next;
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::CommitmentMalformed,
    );
    call.dispensed = good.dispensed;
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::CommitmentMalformed,
    );
    call.left = good.dispensed;
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::QuantityNotConserved,
    );
    call.left = good.left;
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::NotSignedByKey,
    );
    world.refuses(
        Who::SecondPharmacist,
        PRESCRIPTIONS,
        &good,
        Refusal::NotSignedByKey,
    );
    world.ok(Who::Pharmacist, PRESCRIPTIONS, &good);
}

#[test]
fn two_pharmacies_cannot_take_the_same_fill() {
    let mut world = prescribed();
    let (one, other) = (first(Who::Pharmacist, 2), first(Who::OtherPharmacist, 3));
    world.ok(Who::Pharmacist, PRESCRIPTIONS, &one);
    world.refuses(
        Who::OtherPharmacist,
        PRESCRIPTIONS,
        &other,
        Refusal::FillTaken,
    );
    world.refuses(Who::Pharmacist, PRESCRIPTIONS, &one, Refusal::FillTaken);
}

#[test]
fn fills_follow_each_other_until_none_is_left() {
    let mut world = prescribed();
    world.enrol(Who::Clinic, Who::Successor, Role::Pharmacist);
    let mut left = Opened::new(WHOLE.0, WHOLE.1);
    let steps = [
        (Who::Pharmacist, 1, Some(OneTime(2))),
        (Who::OtherPharmacist, 2, Some(OneTime(3))),
        (Who::Successor, 3, None),
    ];
    for (who, key, next) in steps {
        let dispensed = Opened::new(10, 10 + key);
        left = left.minus(dispensed);
        let call = filling(who, (OneTime(key), next), (dispensed, left));
        if next.is_none() {
            let with_next = (OneTime(3), Some(OneTime(4)));
            let more = filling(who, with_next, (dispensed, left));
            world.refuses(who, PRESCRIPTIONS, &more, Refusal::NextNotNeeded);
        }
        world.ok(who, PRESCRIPTIONS, &call);
        let log = world.host.logs().last().expect("an event");
        let event = Filled::decode_log(log).expect("the event").data;
        assert_eq!(
            (event.key, event.next, event.left),
            (call.key, call.next, call.left)
        );
        let fill = world.ok(who, PRESCRIPTIONS, &fillOfCall { key: call.key });
        assert_eq!(
            (fill.key, fill.next, fill.left),
            (call.key, call.next, call.left)
        );
        assert_eq!(
            (fill.pharmacist, fill.document),
            (who.address(), call.document)
        );
        assert_eq!(
            (fill.height, fill.timeMs),
            (world.host.height, world.host.time_ms)
        );
        let view = prescriptionCall { key: call.key };
        let shown = world.ok(Who::Stranger, PRESCRIPTIONS, &view);
        assert_eq!(
            (shown.first, shown.current),
            (OneTime(1).address(), call.next)
        );
        assert_eq!(u64::from(shown.fillsLeft), 3 - key);
        assert_eq!(shown.status, if next.is_none() { 2 } else { 1 });
    }
    assert_eq!(left.amount, 0);
    let again = filling(Who::Pharmacist, (OneTime(3), None), (Opened::NOTHING, left));
    world.refuses(Who::Pharmacist, PRESCRIPTIONS, &again, Refusal::FillTaken);
}

#[test]
fn a_cancelled_prescription_is_not_filled() {
    let mut world = prescribed();
    let key = OneTime(1).address();
    world.ok(Who::Physician, PRESCRIPTIONS, &cancelCall { key });
    let call = first(Who::Pharmacist, 2);
    world.refuses(
        Who::Pharmacist,
        PRESCRIPTIONS,
        &call,
        Refusal::PrescriptionCancelled,
    );
}
