//! Tests of `setHold`, `releaseHold` and `heldUntil`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::RECORDS,
    interfaces::IRecords::{eraseCall, heldUntilCall, releaseHoldCall, setHoldCall, withdrawCall},
    testing::{RECORD, START, Who, World},
};

const YEAR: u64 = 365 * 24 * 3_600;

fn hold(until: u64) -> setHoldCall {
    setHoldCall {
        record: RECORD,
        until,
    }
}

#[test]
fn set_hold_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = setHoldCall {
        record: B256::repeat_byte(0xdd),
        until: 0,
    };
    world.refuses(Who::Stranger, RECORDS, &unknown, Refusal::RecordUnknown);
    world.refuses(Who::Stranger, RECORDS, &hold(0), Refusal::NotEnrolled);
    for caller in [Who::Patient, Who::Physician, Who::Clinic, Who::Insurer] {
        world.refuses(caller, RECORDS, &hold(0), Refusal::MayNotHold);
    }
    for caller in [Who::Author, Who::Administrator, Who::Hospital] {
        world.refuses(caller, RECORDS, &hold(START), Refusal::ExpiryPassed);
        let long = hold(START + 31 * YEAR);
        world.refuses(caller, RECORDS, &long, Refusal::HoldTooLong);
        world.ok(caller, RECORDS, &hold(START + 30 * YEAR));
    }
    world.end(Who::Hospital, Who::Author);
    world.refuses(Who::Author, RECORDS, &hold(START), Refusal::EnrolmentEnded);
    // The organisation keeps what someone wrote who has left it.
    world.ok(Who::Administrator, RECORDS, &hold(START + YEAR));
}

#[test]
fn release_hold_refuses_in_the_documented_order_and_ends_it() {
    let mut world = World::with_records();
    let release = releaseHoldCall { record: RECORD };
    let unknown = releaseHoldCall {
        record: B256::repeat_byte(0xdd),
    };
    world.refuses(Who::Author, RECORDS, &unknown, Refusal::RecordUnknown);
    world.refuses(Who::Patient, RECORDS, &release, Refusal::MayNotHold);
    world.refuses(Who::Author, RECORDS, &release, Refusal::NotHeld);
    world.ok(Who::Author, RECORDS, &hold(START + 100));
    world.ok(Who::Hospital, RECORDS, &release);
    world.refuses(Who::Author, RECORDS, &release, Refusal::NotHeld);
    world.ok(Who::Author, RECORDS, &hold(START + 100));
    world
        .after(100)
        .refuses(Who::Author, RECORDS, &release, Refusal::NotHeld);
}

#[test]
fn parties_see_until_when_a_record_is_held() {
    let mut world = World::with_records();
    let view = heldUntilCall { record: RECORD };
    assert_eq!(world.ok(Who::Patient, RECORDS, &view), 0);
    world.ok(Who::Author, RECORDS, &hold(START + 100));
    assert_eq!(world.ok(Who::Patient, RECORDS, &view), START + 100);
    assert_eq!(world.ok(Who::Author, RECORDS, &view), START + 100);
    world.refuses(Who::Physician, RECORDS, &view, Refusal::NotAParty);
    assert_eq!(world.after(100).ok(Who::Patient, RECORDS, &view), 0);
}

#[test]
fn a_hold_that_is_shortened_or_released_lets_the_record_be_erased() {
    let mut world = World::with_records();
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    world.ok(Who::Author, RECORDS, &hold(START + YEAR));
    world.ok(Who::Author, RECORDS, &hold(START + 5));
    let erase = eraseCall { record: RECORD };
    world.refuses(Who::Patient, RECORDS, &erase, Refusal::RecordHeld);
    world.ok(Who::Hospital, RECORDS, &releaseHoldCall { record: RECORD });
    world.ok(Who::Patient, RECORDS, &erase);
}
