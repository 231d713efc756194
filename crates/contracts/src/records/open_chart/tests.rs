//! Tests of `openChart`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::RECORDS,
    interfaces::IRecords::{chartCall, openChartCall},
    testing::{CHART, START, Who, World},
};

fn chart(controller: Who) -> openChartCall {
    openChartCall {
        chart: CHART,
        controller: controller.address(),
    }
}

#[test]
fn open_chart_refuses_in_the_documented_order() {
    let mut world = World::new();
    world.end(Who::Clinic, Who::Nurse);
    let nameless = openChartCall {
        chart: B256::ZERO,
        controller: Who::Stranger.address(),
    };
    world.refuses(Who::Stranger, RECORDS, &nameless, Refusal::ChartIdMissing);
    for (caller, refusal) in [
        (Who::Stranger, Refusal::NotEnrolled),
        (Who::Nurse, Refusal::EnrolmentEnded),
        (Who::Agent, Refusal::RoleMayNotWrite),
        (Who::OtherPatient, Refusal::RoleMayNotWrite),
        (Who::Author, Refusal::ControllerNotEnrolled),
    ] {
        world.refuses(caller, RECORDS, &chart(Who::Stranger), refusal);
    }
    let of_organisation = chart(Who::Hospital);
    world.refuses(
        Who::Hospital,
        RECORDS,
        &of_organisation,
        Refusal::ControllerNotEnrolled,
    );
    world.refuses(
        Who::Author,
        RECORDS,
        &chart(Who::Nurse),
        Refusal::ControllerNotEnrolled,
    );
    world.refuses(
        Who::Author,
        RECORDS,
        &chart(Who::Agent),
        Refusal::ControllerNotAPatient,
    );
    world.ok(Who::Author, RECORDS, &chart(Who::Patient));
    world.refuses(
        Who::Author,
        RECORDS,
        &chart(Who::Patient),
        Refusal::ChartExists,
    );
    world.refuses(
        Who::Agent,
        RECORDS,
        &chart(Who::Agent),
        Refusal::ChartExists,
    );
}

#[test]
fn anyone_enrolled_opens_a_chart_for_themself_and_an_author_for_a_patient() {
    for (caller, controller) in [
        (Who::Patient, Who::Patient),
        (Who::Agent, Who::Agent),
        (Who::Author, Who::Patient),
        (Who::Hospital, Who::Patient),
    ] {
        let mut world = World::new();
        world.ok(caller, RECORDS, &chart(controller));
        let found = world.ok(controller, RECORDS, &chartCall { id: CHART });
        assert_eq!(found.controller, controller.address());
        assert_eq!((found.openedTimeMs, found.recordCount), (START * 1_000, 0));
    }
}
