//! Tests of `end`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::{ACCESS, DIRECTORY, RECORDS},
    codes::{Kind, RequestStatus},
    interfaces::{
        IAccess,
        IDirectory::{endCall, maySendCall, setKeyCall},
        IRecords,
    },
    testing::{CHART, WRAP, Who, World, registration},
};

fn end(who: Who) -> endCall {
    endCall {
        person: who.address(),
    }
}

#[test]
fn end_refuses_in_the_documented_order() {
    let mut world = World::new();
    for caller in [Who::Stranger, Who::Patient, Who::Author] {
        world.refuses(
            caller,
            DIRECTORY,
            &end(Who::Stranger),
            Refusal::NotAnAdministrator,
        );
    }
    world.refuses(
        Who::Hospital,
        DIRECTORY,
        &end(Who::Stranger),
        Refusal::NotEnrolled,
    );
    world.refuses(
        Who::Hospital,
        DIRECTORY,
        &end(Who::Clinic),
        Refusal::NotEnrolled,
    );
    world.end(Who::Clinic, Who::Nurse);
    world.refuses(
        Who::Hospital,
        DIRECTORY,
        &end(Who::Nurse),
        Refusal::NotYourOrganisation,
    );
    world.refuses(
        Who::Clinic,
        DIRECTORY,
        &end(Who::Nurse),
        Refusal::EnrolmentEnded,
    );
    world.ok(Who::Administrator, DIRECTORY, &end(Who::Author));
}

#[test]
fn an_ended_patient_keeps_key_and_control_of_her_chart() {
    let mut world = World::with_records();
    let (granted, pending) = (world.granted(), world.ask());
    world.end(Who::Hospital, Who::Patient);

    world.ok(
        Who::Patient,
        DIRECTORY,
        &setKeyCall {
            key: B256::repeat_byte(3),
        },
    );
    world.ok(Who::Patient, ACCESS, &IAccess::revokeCall { id: granted });
    world.ok(
        Who::Patient,
        ACCESS,
        &IAccess::approveCall {
            id: pending,
            wrap: WRAP,
        },
    );
    assert_eq!(world.status(granted), RequestStatus::Revoked);
    assert_eq!(world.status(pending), RequestStatus::Granted);
    let chart = world.ok(Who::Patient, RECORDS, &IRecords::chartCall { id: CHART });
    assert_eq!(chart.controller, Who::Patient.address());
    let record = registration(B256::repeat_byte(0xee), CHART, Kind::Plan);
    world.refuses(Who::Patient, RECORDS, &record, Refusal::EnrolmentEnded);
}

#[test]
fn an_ended_person_sends_in_the_common_quota_when_she_controls_a_chart_and_else_not() {
    let mut world = World::with_records();
    for (organisation, who) in [(Who::Hospital, Who::Patient), (Who::Clinic, Who::Nurse)] {
        world.end(organisation, who);
    }
    for (who, expected) in [
        (Who::Patient, (true, 0)),
        (Who::Nurse, (false, 0)),
        (Who::Stranger, (false, 0)),
        (Who::Physician, (true, 2)),
        (Who::Insurer, (true, 3)),
    ] {
        let call = maySendCall {
            account: who.address(),
        };
        let may_send = world.ok(Who::Stranger, DIRECTORY, &call);
        assert_eq!(
            (may_send.allowed, may_send.organisation),
            expected,
            "{who:?}"
        );
    }
}
