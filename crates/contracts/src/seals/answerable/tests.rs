//! Tests of what keepers ask.

use alloy_primitives::B256;

use crate::{
    Answerable, Refusal,
    addresses::{ACCESS, RECORDS, SEALS},
    answerable, close_openings,
    codes::{Effect, Purpose, Role},
    interfaces::{
        IAccess::{Rule, denyCall},
        IRecords::{amendSealedCall, withdrawCall},
        ISeals::openCall,
    },
    records::state::{CHARTS, state as records_state},
    seals::close_openings_of,
    testing::{
        CHART, GUARDIANS, KEY, OTHER_CHART, RECORD, SEALED, SEALED_SUMMARY, Who, World, opening,
        question,
    },
};

#[test]
fn answerable_refuses_in_the_documented_order() {
    let mut world = World::with_seals();
    assert_eq!(world.keeper(0, &[SEALED]), Err(Refusal::OpeningUnknown));
    let denied = world.ok(Who::Physician, SEALS, &opening()).opening;
    world.host.time_ms += 3_600_000;
    world.rule(Effect::Permit);
    assert_eq!(world.keeper(denied, &[]), Err(Refusal::OpeningDenied));
    let number = world.ok(Who::Physician, SEALS, &opening()).opening;
    world.end(Who::Clinic, Who::Physician);
    world.no_rule();
    let end = world.host.time_ms + 3_600_000;
    world.host.time_ms = end;
    assert_eq!(world.keeper(number, &[]), Err(Refusal::OpeningExpired));
    world.host.time_ms = end - 1;
    assert_eq!(world.keeper(number, &[]), Err(Refusal::OpeningClosed));
    world.enrol(Who::Clinic, Who::Physician, Role::Physician);
    world.rule(Effect::Permit);
    let number = world.ok(Who::Physician, SEALS, &opening()).opening;
    world.end(Who::Clinic, Who::Physician);
    assert_eq!(world.keeper(number, &[]), Err(Refusal::EnrolmentEnded));
    world.enrol(Who::Insurer, Who::Physician, Role::Physician);
    assert_eq!(world.keeper(number, &[]), Err(Refusal::OrganisationChanged));
    world.end(Who::Insurer, Who::Physician);
    world.enrol(Who::Clinic, Who::Physician, Role::Physician);
    assert_eq!(world.keeper(number, &[]), Err(Refusal::SealsDiffer));
    let found = Answerable {
        chart: CHART,
        requester: Who::Physician.address(),
        key: KEY,
    };
    assert_eq!(world.keeper(number, &[SEALED]), Ok(found));
}

#[test]
fn a_keeper_answers_for_exactly_the_seals_of_the_opening_in_their_order() {
    let mut world = World::with_seals();
    world.rule(Effect::Permit);
    let call = openCall {
        records: vec![SEALED, SEALED_SUMMARY],
        ..opening()
    };
    let number = world.ok(Who::Physician, SEALS, &call).opening;
    assert!(world.keeper(number, &[SEALED, SEALED_SUMMARY]).is_ok());
    for wrong in [
        vec![SEALED],
        vec![SEALED_SUMMARY, SEALED],
        vec![SEALED, SEALED_SUMMARY, SEALED],
        vec![],
    ] {
        let answer = world.keeper(number, &wrong);
        assert_eq!(answer, Err(Refusal::SealsDiffer));
    }
}

#[test]
fn an_opening_of_one_version_opens_no_other() {
    let mut world = World::with_seals();
    let number = world.opened();
    let first = world.seal_of(SEALED);
    let call = amendSealedCall {
        record: SEALED,
        commitment: KEY,
        contentId: KEY,
        wrapId: KEY,
        salt: KEY,
        sealedKey: KEY,
    };
    world.ok(Who::Author, RECORDS, &call);
    let newer = world.keeper(number, &[SEALED]);
    assert_eq!(newer, Err(Refusal::SealsDiffer));
    let older = answerable(&mut world.host, number, &[first]);
    assert!(
        older.expect("memory").is_ok(),
        "it was admitted to this one"
    );
}

/// The nurse's request, denied by the patient.
fn denied(world: &mut World) {
    let id = world.ok(Who::Nurse, ACCESS, &question()).id;
    world.ok(Who::Patient, ACCESS, &denyCall { id });
}

#[test]
fn every_restriction_of_the_chart_closes_its_earlier_openings_and_nothing_else_does() {
    type Act = fn(&mut World);
    let rows: [(&str, Act, bool); 9] = [
        ("setRule", |world| world.rule(Effect::Permit), true),
        ("removeRule", World::no_rule, true),
        ("deny", denied, true),
        ("revoke", |world| _ = world.revoked(), true),
        ("withdraw", |world| withdraw(world, RECORD), true),
        (
            "recovery",
            |world| close_openings(&mut world.host, CHART).expect("memory"),
            true,
        ),
        (
            "another chart",
            |world| close_openings(&mut world.host, OTHER_CHART).expect("memory"),
            false,
        ),
        ("grant", |world| _ = world.granted(), false),
        ("request", |world| _ = world.ask(), false),
    ];
    for (name, act, closes) in rows {
        // Requests for treatment wait for the patient, since the one rule is about research.
        let mut world = World::with_seals();
        let rule = Rule {
            effect: Effect::Permit.code(),
            purpose: Purpose::Research.code(),
            ..Rule::default()
        };
        world.rule_at(0, rule);
        let call = openCall {
            purpose: Purpose::Research.code(),
            ..opening()
        };
        let answer = world.ok(Who::Physician, SEALS, &call);
        assert!(answer.admitted);
        act(&mut world);
        let expected = closes.then_some(Refusal::OpeningClosed);
        let found = world.keeper(answer.opening, &[SEALED]).err();
        assert_eq!(found, expected, "{name}");
    }
}

fn withdraw(world: &mut World, record: B256) {
    world.ok(Who::Author, RECORDS, &withdrawCall { record });
}

/// The physician's opening of a chart whose stored controller is still the key that was replaced, and its seal.
fn opened_before_the_move(world: &mut World) -> (u64, B256) {
    world.name_guardians(Who::Patient, &GUARDIANS, 2);
    world.rule(Effect::Permit);
    let seal = world.seal_of(SEALED);
    world.replace_patient();
    let state = &mut records_state(&mut world.host);
    let place = CHARTS.at(state, CHART).expect("memory");
    let mut chart = place.load(state).expect("memory");
    chart.controller = Who::Patient.address();
    place.save(state, &chart).expect("memory");
    (world.ok(Who::Physician, SEALS, &opening()).opening, seal)
}

#[test]
fn openings_of_a_chart_that_is_not_moved_yet_close_with_the_old_key_and_with_the_one_in_its_place()
{
    for key in [Who::Patient, Who::Successor] {
        let mut world = World::with_seals();
        let (number, seal) = opened_before_the_move(&mut world);
        let before = answerable(&mut world.host, number, &[seal]);
        assert!(before.expect("memory").is_ok());
        close_openings_of(&mut world.host, key.address()).expect("memory");
        let after = answerable(&mut world.host, number, &[seal]);
        assert_eq!(after.expect("memory"), Err(Refusal::OpeningClosed));
    }
}
