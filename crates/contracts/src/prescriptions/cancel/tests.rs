//! Tests of `cancel`.

use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::PRESCRIPTIONS,
    interfaces::IPrescriptions::{PrescriptionEnded, cancelCall, prescribeCall, prescriptionCall},
    testing::{OneTime, Opened, Who, World, filling, prescription},
};

fn cancel(key: u64) -> cancelCall {
    cancelCall {
        key: OneTime(key).address(),
    }
}

#[test]
fn cancel_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    world.ok(Who::Physician, PRESCRIPTIONS, &prescription());
    world.refuses(
        Who::Stranger,
        PRESCRIPTIONS,
        &cancel(9),
        Refusal::NotEnrolled,
    );
    world.refuses(
        Who::Physician,
        PRESCRIPTIONS,
        &cancel(9),
        Refusal::PrescriptionUnknown,
    );
    for who in [Who::Author, Who::Nurse, Who::Pharmacist, Who::Administrator] {
        world.refuses(who, PRESCRIPTIONS, &cancel(1), Refusal::MayNotCancel);
    }
    world.ok(Who::Physician, PRESCRIPTIONS, &cancel(1));
    world.refuses(
        Who::Clinic,
        PRESCRIPTIONS,
        &cancel(1),
        Refusal::PrescriptionCancelled,
    );
    let single = prescribeCall {
        key: OneTime(2).address(),
        fills: 1,
        ..prescription()
    };
    world.ok(Who::Physician, PRESCRIPTIONS, &single);
    let whole = (Opened::new(30, 1), Opened::NOTHING);
    let fill = filling(Who::Pharmacist, (OneTime(2), None), whole);
    world.ok(Who::Pharmacist, PRESCRIPTIONS, &fill);
    world.refuses(
        Who::Physician,
        PRESCRIPTIONS,
        &cancel(2),
        Refusal::PrescriptionFilled,
    );
    let later = prescribeCall {
        key: OneTime(3).address(),
        ..prescription()
    };
    world.ok(Who::Physician, PRESCRIPTIONS, &later);
    world.after(30 * 86_400);
    world.refuses(
        Who::Physician,
        PRESCRIPTIONS,
        &cancel(3),
        Refusal::PrescriptionExpired,
    );
    let view = prescriptionCall {
        key: OneTime(3).address(),
    };
    assert_eq!(world.ok(Who::Stranger, PRESCRIPTIONS, &view).status, 4);
}

#[test]
fn an_administrator_cancels_by_any_key_what_is_left() {
    let mut world = World::with_supply();
    world.ok(Who::Physician, PRESCRIPTIONS, &prescription());
    let dispensed = Opened::new(10, 2);
    let amounts = (dispensed, Opened::new(30, 1).minus(dispensed));
    let fill = filling(Who::Pharmacist, (OneTime(1), Some(OneTime(2))), amounts);
    world.ok(Who::Pharmacist, PRESCRIPTIONS, &fill);
    world.ok(Who::Clinic, PRESCRIPTIONS, &cancel(1));
    let log = world.host.logs().last().expect("an event");
    let event = PrescriptionEnded::decode_log(log).expect("the event").data;
    assert_eq!((event.first, event.organisation), (OneTime(1).address(), 2));
    assert_eq!(event.account, Who::Clinic.address());
    for key in [1, 2] {
        let view = prescriptionCall {
            key: OneTime(key).address(),
        };
        assert_eq!(world.ok(Who::Stranger, PRESCRIPTIONS, &view).status, 3);
    }
}
