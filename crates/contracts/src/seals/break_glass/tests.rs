//! Tests of `breakGlass`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{RECORDS, SEALS},
    codes::{Basis, Effect, EntryKind, Kind, OpeningStatus, Purpose, Role},
    interfaces::{
        IAccess::Rule,
        IRecords::{openChartCall, withdrawCall},
        ISeals::{GlassBroken, OpeningDecided, breakGlassCall, openReviewsCall, setBreakGlassCall},
    },
    log::OpeningTerms,
    testing::{
        CHART, KEY, OTHER_SEALED, REASON, RECORD, SEALED, SEALED_SUMMARY, START, Who, World,
        emergency, sealed_registration,
    },
};

const UNKNOWN: B256 = B256::repeat_byte(0xdd);

fn scope(world: &mut World, kinds: u32) {
    let call = setBreakGlassCall {
        chart: CHART,
        kinds,
    };
    world.ok(Who::Patient, SEALS, &call);
}

#[test]
fn break_glass_refuses_in_the_documented_order() {
    let mut world = World::with_seals();
    world.end(Who::Clinic, Who::Nurse);
    let mut call = breakGlassCall {
        records: vec![UNKNOWN; 513],
        ..breakGlassCall::default()
    };
    world.refuses(Who::Stranger, SEALS, &call, Refusal::RecordCountOutOfRange);
    call.records = vec![UNKNOWN];
    for purpose in [0, 1, 15] {
        call.purpose = purpose;
        world.refuses(Who::Stranger, SEALS, &call, Refusal::NotAnEmergency);
    }
    call.purpose = Purpose::EmergencyTreatment.code();
    world.refuses(Who::Stranger, SEALS, &call, Refusal::CommitmentMissing);
    call.reason = REASON;
    world.refuses(Who::Stranger, SEALS, &call, Refusal::KeyMissing);
    call.key = KEY;
    for (caller, refusal) in [
        (Who::Stranger, Refusal::NotEnrolled),
        (Who::Nurse, Refusal::EnrolmentEnded),
        (Who::Agent, Refusal::RoleMayNotBreakGlass),
        (Who::Patient, Refusal::RoleMayNotBreakGlass),
        (Who::Clinic, Refusal::RoleMayNotBreakGlass),
        (Who::Officer, Refusal::RoleMayNotBreakGlass),
        (Who::Physician, Refusal::ChartUnknown),
    ] {
        world.refuses(caller, SEALS, &call, refusal);
    }
    let own = openChartCall {
        chart: UNKNOWN,
        controller: Who::Physician.address(),
    };
    world.ok(Who::Physician, RECORDS, &own);
    call.chart = UNKNOWN;
    world.refuses(Who::Physician, SEALS, &call, Refusal::OwnChart);
    call.chart = CHART;
    for (record, refusal) in [
        (UNKNOWN, Refusal::RecordUnknown),
        (OTHER_SEALED, Refusal::RecordUnknown),
        (RECORD, Refusal::RecordNotSealed),
        (SEALED_SUMMARY, Refusal::RecordTwice),
    ] {
        call.records = vec![SEALED_SUMMARY, record];
        world.refuses(Who::Physician, SEALS, &call, refusal);
    }
    scope(&mut world, Kind::Claim.bit().0);
    call.records.clear();
    world.refuses(Who::Physician, SEALS, &call, Refusal::NothingInScope);
    call.records = vec![SEALED_SUMMARY];
    for _ in 0..5 {
        world.ok(Who::Physician, SEALS, &call);
    }
    world.refuses(Who::Physician, SEALS, &call, Refusal::DailyLimitReached);
}

#[test]
fn breaking_the_glass_opens_is_told_at_once_and_waits_for_a_review() {
    let mut world = World::with_seals();
    let answer = world.ok(Who::Physician, SEALS, &emergency());
    assert!(answer.admitted);
    let found = world.opening_at(answer.opening);
    assert_eq!(
        (found.basis, found.status),
        (Basis::BreakGlass.code(), OpeningStatus::Admitted.code())
    );
    assert!(world.keeper(answer.opening, &[SEALED_SUMMARY]).is_ok());

    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(entry.kind, EntryKind::GlassBroken.code());
    assert_eq!(entry.sequence, found.entry);
    let terms = OpeningTerms::from_word(entry.subject).expect("terms");
    assert_eq!(terms.terms.purpose, Purpose::BreakTheGlass.code());

    let log = world.host.logs().last().expect("an event");
    let told = GlassBroken::decode_log(log).expect("the emergency");
    assert_eq!((told.opening, told.chart), (answer.opening, CHART));
    assert_eq!(told.requester, Who::Physician.address());
    assert_eq!((told.organisation, told.purpose), (2, 5));
    let due = START + 72 * 3_600;
    assert_eq!((told.reason, told.reviewDue), (REASON, due));

    let owed = openReviewsCall {
        organisation: 2,
        from: 0,
        limit: 10,
    };
    let owed = world.ok(Who::Officer, SEALS, &owed);
    assert_eq!(owed.total, 1);
    assert_eq!((owed.page[0].opening, owed.page[0].due), (0, due));
}

#[test]
fn nurses_break_the_glass_too_for_either_purpose() {
    let mut world = World::with_seals();
    for purpose in [Purpose::BreakTheGlass, Purpose::EmergencyTreatment] {
        let call = breakGlassCall {
            purpose: purpose.code(),
            ..emergency()
        };
        assert!(world.ok(Who::Nurse, SEALS, &call).admitted);
    }
}

#[test]
fn outside_of_the_scope_it_is_denied_and_written() {
    let mut world = World::with_seals();
    let beyond = breakGlassCall {
        records: vec![SEALED_SUMMARY, SEALED],
        ..emergency()
    };
    let answer = world.ok(Who::Physician, SEALS, &beyond);
    assert!(!answer.admitted);
    let found = world.opening_at(answer.opening);
    assert_eq!(found.basis, Basis::BreakGlass.code());
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(entry.kind, EntryKind::OpeningDenied.code());
    scope(&mut world, 0b1001);
    assert!(world.ok(Who::Physician, SEALS, &beyond).admitted);
    scope(&mut world, 0);
    assert!(!world.ok(Who::Physician, SEALS, &beyond).admitted);
    let owed = openReviewsCall {
        organisation: 2,
        from: 0,
        limit: 10,
    };
    let owed = world.ok(Who::Officer, SEALS, &owed);
    assert_eq!(owed.total, 1, "what was denied needs no review");
}

#[test]
fn without_records_it_opens_the_newest_that_the_scope_covers() {
    let mut world = World::with_seals();
    let later = [B256::repeat_byte(0xf1), B256::repeat_byte(0xf2)];
    for (record, kind) in later.into_iter().zip([Kind::Allergy, Kind::Medication]) {
        let call = sealed_registration(record, CHART, kind);
        world.ok(Who::Author, RECORDS, &call);
    }
    world.ok(Who::Author, RECORDS, &withdrawCall { record: later[0] });
    let call = breakGlassCall {
        records: Vec::new(),
        ..emergency()
    };
    let answer = world.ok(Who::Physician, SEALS, &call);
    assert!(answer.admitted);
    let events = world.host.logs().iter().rev();
    let told = events
        .filter_map(|log| OpeningDecided::decode_log(log).ok())
        .next()
        .expect("an event");
    assert_eq!(told.records, [later[1], SEALED_SUMMARY]);
    assert!(world.keeper(answer.opening, &told.records.clone()).is_ok());
}

#[test]
fn who_is_denied_without_naming_records_is_told_of_none() {
    let mut world = World::with_seals();
    scope(&mut world, 0);
    let call = breakGlassCall {
        records: Vec::new(),
        ..emergency()
    };
    assert!(!world.ok(Who::Physician, SEALS, &call).admitted);
    let log = world.host.logs().last().expect("an event");
    let told = OpeningDecided::decode_log(log).expect("the decision");
    assert!(told.records.is_empty() && told.seals.is_empty());
}

#[test]
fn a_denial_that_names_the_person_or_the_purpose_holds_in_an_emergency_and_others_do_not() {
    let deny = Rule {
        effect: Effect::Deny.code(),
        ..Rule::default()
    };
    let rows = [
        (deny.clone(), true),
        (
            Rule {
                role: Role::Physician.code(),
                ..deny.clone()
            },
            true,
        ),
        (
            Rule {
                organisation: 2,
                ..deny.clone()
            },
            true,
        ),
        (
            Rule {
                purpose: Purpose::Treatment.code(),
                ..deny.clone()
            },
            true,
        ),
        (
            Rule {
                who: Who::Nurse.address(),
                ..deny.clone()
            },
            true,
        ),
        (
            Rule {
                who: Who::Physician.address(),
                kinds: Kind::Laboratory.bit().0,
                ..deny.clone()
            },
            true,
        ),
        (
            Rule {
                who: Who::Physician.address(),
                ..deny.clone()
            },
            false,
        ),
        (
            Rule {
                purpose: Purpose::BreakTheGlass.code(),
                ..deny
            },
            false,
        ),
    ];
    for (rule, admitted) in rows {
        let mut world = World::with_seals();
        world.rule_at(0, rule.clone());
        let answer = world.ok(Who::Physician, SEALS, &emergency());
        assert_eq!(answer.admitted, admitted, "{rule:?}");
    }
}
