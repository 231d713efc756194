//! Tests of `open`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::{ACCESS, RECORDS},
    codes::{Kind, Role},
    interfaces::{
        IAccess::{approveCall, openCall, requestCall},
        IRecords::withdrawCall,
    },
    testing::{
        CHART, EXPIRY, IMAGE, OTHER_RECORD, RECORD, START, WRAP, Who, World, question, registration,
    },
};

const UNKNOWN: B256 = B256::repeat_byte(0xdd);

#[test]
fn open_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = openCall {
        id: UNKNOWN,
        record: UNKNOWN,
    };
    world.refuses(Who::Stranger, ACCESS, &unknown, Refusal::RequestUnknown);
    for (id, refusal) in [
        (world.ask(), Refusal::NotYetGranted),
        (world.denied(), Refusal::RequestDenied),
        (world.revoked(), Refusal::GrantRevoked),
        (world.granted(), Refusal::RecordUnknown),
        (world.admitted(), Refusal::NotYetGranted),
    ] {
        let call = openCall {
            id,
            record: UNKNOWN,
        };
        for other in [Who::Nurse, Who::Patient, Who::Clinic, Who::Agent] {
            world.refuses(other, ACCESS, &call, Refusal::NotTheGrantee);
        }
        world.refuses(Who::Physician, ACCESS, &call, refusal);
    }
}

#[test]
fn a_grant_opens_until_the_millisecond_of_its_expiry() {
    let mut world = World::with_records();
    let call = openCall {
        id: world.granted(),
        record: RECORD,
    };
    world
        .after(EXPIRY - START - 1)
        .ok(Who::Physician, ACCESS, &call);
    world.host.time_ms = EXPIRY * 1_000 - 1;
    world.ok(Who::Physician, ACCESS, &call);
    world.host.time_ms = EXPIRY * 1_000;
    world.refuses(Who::Physician, ACCESS, &call, Refusal::GrantExpired);
}

#[test]
fn a_grantee_whose_enrolment_ended_or_moved_opens_nothing() {
    let mut world = World::with_records();
    let call = openCall {
        id: world.granted(),
        record: RECORD,
    };
    world.end(Who::Clinic, Who::Physician);
    world.refuses(Who::Physician, ACCESS, &call, Refusal::EnrolmentEnded);
    world.enrol(Who::Insurer, Who::Physician, Role::Physician);
    world.refuses(Who::Physician, ACCESS, &call, Refusal::OrganisationChanged);
    world.end(Who::Insurer, Who::Physician);
    world.enrol(Who::Clinic, Who::Physician, Role::Physician);
    world.ok(Who::Physician, ACCESS, &call);
}

#[test]
fn a_grant_for_one_record_opens_that_record_only() {
    let mut world = World::with_records();
    let id = world.granted();
    for (record, refusal) in [
        (UNKNOWN, Refusal::RecordUnknown),
        (OTHER_RECORD, Refusal::RecordNotCovered),
        (IMAGE, Refusal::RecordNotCovered),
    ] {
        world.refuses(Who::Physician, ACCESS, &openCall { id, record }, refusal);
    }
    let call = openCall { id, record: RECORD };
    world.ok(Who::Physician, ACCESS, &call);
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    world.refuses(
        Who::Physician,
        ACCESS,
        &call,
        Refusal::RecordWithdrawnAlready,
    );
}

#[test]
fn a_grant_for_kinds_opens_records_of_these_kinds_in_its_chart() {
    let mut world = World::with_records();
    let call = requestCall {
        record: B256::ZERO,
        ..question()
    };
    let id = world.ok(Who::Physician, ACCESS, &call).id;
    world.ok(Who::Patient, ACCESS, &approveCall { id, wrap: WRAP });
    let later = B256::repeat_byte(0xe9);
    world.ok(
        Who::Author,
        RECORDS,
        &registration(later, CHART, Kind::Laboratory),
    );
    for record in [RECORD, later] {
        world.ok(Who::Physician, ACCESS, &openCall { id, record });
    }
    for record in [IMAGE, OTHER_RECORD] {
        let call = openCall { id, record };
        world.refuses(Who::Physician, ACCESS, &call, Refusal::RecordNotCovered);
    }
}
