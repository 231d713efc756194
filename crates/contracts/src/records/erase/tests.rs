//! Tests of `erase`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::RECORDS,
    interfaces::IRecords::{eraseCall, recordCall, releaseHoldCall, setHoldCall, withdrawCall},
    testing::{CHART, IMAGE, OTHER_RECORD, RECORD, START, Who, World},
};

#[test]
fn erase_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = eraseCall {
        record: B256::repeat_byte(0xdd),
    };
    let call = eraseCall { record: RECORD };
    world.refuses(Who::Stranger, RECORDS, &unknown, Refusal::RecordUnknown);
    for caller in [
        Who::Stranger,
        Who::Hospital,
        Who::Administrator,
        Who::OtherPatient,
    ] {
        let refusal = Refusal::NeitherAuthorNorController;
        world.refuses(caller, RECORDS, &call, refusal);
    }
    for caller in [Who::Author, Who::Patient] {
        world.refuses(caller, RECORDS, &call, Refusal::RecordNotWithdrawn);
    }
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    let hold = setHoldCall {
        record: RECORD,
        until: START + 10,
    };
    world.ok(Who::Author, RECORDS, &hold);
    for caller in [Who::Author, Who::Patient] {
        world.refuses(caller, RECORDS, &call, Refusal::RecordHeld);
    }
    world
        .after(9)
        .refuses(Who::Patient, RECORDS, &call, Refusal::RecordHeld);
    world.after(10).ok(Who::Patient, RECORDS, &call);
    for caller in [Who::Author, Who::Patient] {
        world.refuses(caller, RECORDS, &call, Refusal::RecordErasedAlready);
    }
    world.ok(Who::Author, RECORDS, &withdrawCall { record: IMAGE });
    world.end(Who::Hospital, Who::Author);
    let image = eraseCall { record: IMAGE };
    world.refuses(Who::Author, RECORDS, &image, Refusal::EnrolmentEnded);
    world.ok(Who::Patient, RECORDS, &image);
}

#[test]
fn what_the_ledger_holds_of_an_erased_record_stays_and_proves_that_it_was_there() {
    let mut world = World::with_records();
    let before = world.ok(Who::Patient, RECORDS, &recordCall { id: RECORD });
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    world
        .after(4)
        .ok(Who::Author, RECORDS, &eraseCall { record: RECORD });
    let after = world.ok(Who::Patient, RECORDS, &recordCall { id: RECORD });
    assert_eq!(
        (after.commitment, after.contentId, after.wrapId, after.chart),
        (before.commitment, before.contentId, before.wrapId, CHART)
    );
    assert_eq!(
        (
            after.registeredHeight,
            after.registeredTimeMs,
            after.version
        ),
        (before.registeredHeight, before.registeredTimeMs, 1)
    );
    assert_eq!(
        (after.status, after.changedTimeMs),
        (3, (START + 4) * 1_000)
    );
}

#[test]
fn an_erased_record_is_neither_withdrawn_nor_held_again() {
    let mut world = World::with_records();
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    world.ok(Who::Author, RECORDS, &eraseCall { record: RECORD });
    let withdraw = withdrawCall { record: RECORD };
    world.refuses(
        Who::Author,
        RECORDS,
        &withdraw,
        Refusal::RecordWithdrawnAlready,
    );
    let hold = setHoldCall {
        record: RECORD,
        until: START + 10,
    };
    world.refuses(Who::Author, RECORDS, &hold, Refusal::RecordErasedAlready);
    let release = releaseHoldCall { record: RECORD };
    world.refuses(Who::Author, RECORDS, &release, Refusal::RecordErasedAlready);
}

#[test]
fn only_the_named_record_is_erased() {
    let mut world = World::with_records();
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    world.ok(Who::Author, RECORDS, &eraseCall { record: RECORD });
    for (reader, id) in [(Who::Patient, IMAGE), (Who::OtherPatient, OTHER_RECORD)] {
        assert_eq!(world.ok(reader, RECORDS, &recordCall { id }).status, 1);
    }
}
