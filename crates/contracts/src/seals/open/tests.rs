//! Tests of `open`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{ACCESS, RECORDS, SEALS},
    codes::{Basis, Effect, EntryKind, Kind, OpeningStatus, Purpose},
    interfaces::{
        IAccess::{
            self, Rule, approveCall, denyCall, fulfilCall, isPartyCall, requestCall, revokeCall,
        },
        IRecords::{recordCall, withdrawCall},
        ISeals::{OpeningDecided, openCall},
    },
    log::{OpeningTerms, Terms},
    seals_root,
    testing::{
        CHART, EXPIRY, KEY, OTHER_SEALED, RECORD, SEALED, SEALED_SUMMARY, START, WRAP, Who, World,
        opening, question, sealed_registration,
    },
};

const UNKNOWN: B256 = B256::repeat_byte(0xdd);

/// The physician's request for the patient's sealed records.
fn request(kinds: u32) -> requestCall {
    requestCall {
        record: B256::ZERO,
        kinds,
        ..question()
    }
}

fn all_kinds() -> u32 {
    Kind::Laboratory.bit().0 | Kind::Summary.bit().0
}

fn granted(world: &mut World, kinds: u32) -> B256 {
    let id = world.ok(Who::Physician, ACCESS, &request(kinds)).id;
    world.ok(Who::Patient, ACCESS, &approveCall { id, wrap: WRAP });
    id
}

#[test]
fn open_refuses_in_the_documented_order() {
    let mut world = World::with_seals();
    world.end(Who::Clinic, Who::Nurse);
    let mut call = openCall::default();
    world.refuses(Who::Stranger, SEALS, &call, Refusal::RecordCountOutOfRange);
    call.records = vec![UNKNOWN; 513];
    world.refuses(Who::Stranger, SEALS, &call, Refusal::RecordCountOutOfRange);
    call.records = vec![UNKNOWN; 512];
    for purpose in [0, 15, 255] {
        call.purpose = purpose;
        world.refuses(Who::Stranger, SEALS, &call, Refusal::UnknownPurpose);
    }
    call.purpose = Purpose::Treatment.code();
    world.refuses(Who::Stranger, SEALS, &call, Refusal::KeyMissing);
    call.key = KEY;
    world.refuses(Who::Stranger, SEALS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    for (record, refusal) in [
        (UNKNOWN, Refusal::RecordUnknown),
        (OTHER_SEALED, Refusal::RecordUnknown),
        (RECORD, Refusal::RecordNotSealed),
        (SEALED_SUMMARY, Refusal::RecordTwice),
    ] {
        call.records = vec![SEALED_SUMMARY, record];
        world.refuses(Who::Stranger, SEALS, &call, refusal);
    }
    let withdrawn = withdrawCall { record: SEALED };
    world.ok(Who::Author, RECORDS, &withdrawn);
    call.records = vec![SEALED];
    world.refuses(Who::Stranger, SEALS, &call, Refusal::RecordWithdrawnAlready);
    call.records = vec![SEALED_SUMMARY];
    call.request = UNKNOWN;
    world.refuses(Who::Stranger, SEALS, &call, Refusal::RequestUnknown);
    call.request = B256::ZERO;
    world.refuses(Who::Stranger, SEALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Nurse, SEALS, &call, Refusal::EnrolmentEnded);
    for _ in 0..5 {
        world.ok(Who::Physician, SEALS, &call);
    }
    world.refuses(Who::Physician, SEALS, &call, Refusal::DailyLimitReached);
}

#[test]
fn open_under_a_request_refuses_in_the_documented_order() {
    let mut world = World::with_seals();
    let pending = world.ok(Who::Physician, ACCESS, &request(8)).id;
    let denied = world.ok(Who::Physician, ACCESS, &request(8)).id;
    world.ok(Who::Patient, ACCESS, &denyCall { id: denied });
    let revoked = granted(&mut world, 8);
    world.ok(Who::Patient, ACCESS, &revokeCall { id: revoked });
    for (request, refusal) in [
        (pending, Refusal::NotYetGranted),
        (denied, Refusal::RequestDenied),
        (revoked, Refusal::GrantRevoked),
    ] {
        let call = openCall {
            request,
            ..opening()
        };
        for other in [Who::Nurse, Who::Patient, Who::Clinic] {
            world.refuses(other, SEALS, &call, Refusal::NotTheGrantee);
        }
        world.refuses(Who::Physician, SEALS, &call, refusal);
    }
    let mut call = openCall {
        request: granted(&mut world, 8),
        records: vec![SEALED, SEALED_SUMMARY],
        purpose: Purpose::Research.code(),
        ..opening()
    };
    world.end(Who::Clinic, Who::Physician);
    world.refuses(Who::Physician, SEALS, &call, Refusal::EnrolmentEnded);
    world.enrol(Who::Insurer, Who::Physician, crate::codes::Role::Physician);
    world.refuses(Who::Physician, SEALS, &call, Refusal::OrganisationChanged);
    world.end(Who::Insurer, Who::Physician);
    world.enrol(Who::Clinic, Who::Physician, crate::codes::Role::Physician);
    world.refuses(Who::Physician, SEALS, &call, Refusal::PurposeDiffers);
    call.purpose = Purpose::Treatment.code();
    world.refuses(Who::Physician, SEALS, &call, Refusal::RecordNotCovered);
    call.records = vec![SEALED];
    world.host.time_ms = EXPIRY * 1_000;
    world.refuses(Who::Physician, SEALS, &call, Refusal::GrantExpired);
    world.host.time_ms -= 1;
    world.ok(Who::Physician, SEALS, &call);
}

#[test]
fn a_request_covers_records_of_its_chart_its_kinds_and_its_one_record() {
    let mut world = World::with_seals();
    let id = granted(&mut world, all_kinds());
    let mut call = openCall {
        request: id,
        records: vec![SEALED_SUMMARY, SEALED],
        ..opening()
    };
    world.ok(Who::Physician, SEALS, &call);
    let foreign = openCall {
        chart: crate::testing::OTHER_CHART,
        records: vec![OTHER_SEALED],
        ..call.clone()
    };
    world.refuses(Who::Physician, SEALS, &foreign, Refusal::RecordNotCovered);
    let one = requestCall {
        record: SEALED,
        ..request(0)
    };
    call.request = world.ok(Who::Physician, ACCESS, &one).id;
    let approve = approveCall {
        id: call.request,
        wrap: WRAP,
    };
    world.ok(Who::Patient, ACCESS, &approve);
    world.refuses(Who::Physician, SEALS, &call, Refusal::RecordNotCovered);
    call.records = vec![SEALED];
    world.ok(Who::Physician, SEALS, &call);
}

#[test]
fn a_grant_opens_whatever_the_rules_say_and_until_it_ends() {
    let mut world = World::with_seals();
    let request = granted(&mut world, 8);
    world.rule(Effect::Deny);
    world.after(3_000);
    let call = openCall {
        request,
        ..opening()
    };
    let answer = world.ok(Who::Physician, SEALS, &call);
    assert!(answer.admitted);
    let found = world.opening_at(answer.opening);
    assert_eq!(found.basis, Basis::Grant.code());
    assert_eq!((found.request, found.expiry), (request, EXPIRY));
    world.ok(Who::Patient, ACCESS, &revokeCall { id: request });
    world.refuses(Who::Physician, SEALS, &call, Refusal::GrantRevoked);
    assert!(world.opening_at(answer.opening).closed);
}

#[test]
fn a_request_that_a_rule_admitted_is_decided_by_the_rules_as_they_stand_now() {
    let mut world = World::with_seals();
    world.rule(Effect::Permit);
    let id = world.ok(Who::Physician, ACCESS, &request(8)).id;
    let call = openCall {
        request: id,
        ..opening()
    };
    assert!(world.ok(Who::Physician, SEALS, &call).admitted);
    world.no_rule();
    let answer = world.ok(Who::Physician, SEALS, &call);
    assert!(!answer.admitted);
    assert_eq!(
        world.opening_at(answer.opening).basis,
        Basis::NativeRule.code()
    );
    let fulfil = fulfilCall { id, wrap: WRAP };
    world.ok(Who::Patient, ACCESS, &fulfil);
    let answer = world.ok(Who::Physician, SEALS, &call);
    assert!(answer.admitted, "the controller herself gave it");
    assert_eq!(world.opening_at(answer.opening).basis, Basis::Grant.code());
}

#[test]
fn an_opening_stands_with_all_that_it_was_decided_on() {
    let mut world = World::with_seals();
    let number = world.opened();
    let seal = world.seal_of(SEALED);
    let found = world.opening_at(number);
    assert_eq!((found.chart, found.key), (CHART, KEY));
    assert_eq!(found.sealsRoot, seals_root(&[seal]));
    assert_eq!(found.requester, Who::Physician.address());
    assert_eq!(
        (found.organisation, found.role, found.purpose),
        (2, 2, Purpose::Treatment.code())
    );
    assert_eq!(
        (found.basis, found.status),
        (Basis::NativeRule.code(), OpeningStatus::Admitted.code())
    );
    assert_eq!(found.kinds, Kind::Laboratory.bit().0);
    assert_eq!((found.height, found.timeMs), (7, START * 1_000));
    assert_eq!((found.expiry, found.closed), (START + 3_600, false));
}

#[test]
fn an_opening_is_an_entry_that_says_why_and_an_event_that_says_what() {
    let mut world = World::with_seals();
    let number = world.opened();
    let found = world.opening_at(number);
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(entry.kind, EntryKind::SealedOpened.code());
    assert_eq!(
        (entry.sequence, entry.detail),
        (found.entry, found.sealsRoot)
    );
    assert_eq!(entry.actor, Who::Physician.address());
    let terms = OpeningTerms {
        terms: Terms {
            purpose: 1,
            role: 2,
            organisation: 2,
            kinds: 8,
            expiry: START + 3_600,
        },
        basis: Basis::NativeRule.code(),
        records: 1,
        number,
    };
    assert_eq!(entry.subject, terms.to_word());
    let log = world.host.logs().last().expect("an event");
    let told = OpeningDecided::decode_log(log).expect("the decision");
    assert_eq!((told.opening, told.chart), (number, CHART));
    assert_eq!(told.records, [SEALED]);
    assert_eq!(seals_root(&told.seals), found.sealsRoot);
    assert_eq!((told.status, told.expiry), (found.status, found.expiry));
}

#[test]
fn a_denial_is_written_and_numbered_and_opens_nothing() {
    let mut world = World::with_seals();
    for (effect, number) in [(None, 0), (Some(Effect::Deny), 1)] {
        if let Some(effect) = effect {
            world.rule(effect);
        }
        let answer = world.ok(Who::Physician, SEALS, &opening());
        assert_eq!((answer.opening, answer.admitted), (number, false));
        let found = world.opening_at(number);
        assert_eq!(
            (found.status, found.expiry),
            (OpeningStatus::Denied.code(), 0)
        );
        let entry = world.log_of(CHART).pop().expect("an entry");
        assert_eq!(entry.kind, EntryKind::OpeningDenied.code());
        let terms = OpeningTerms::from_word(entry.subject).expect("terms");
        assert_eq!(terms.number, number);
        assert_eq!(world.keeper(number, &[SEALED]), Err(Refusal::OpeningDenied));
        let party = isPartyCall {
            chart: CHART,
            account: Who::Physician.address(),
        };
        assert!(!world.ok(Who::Physician, ACCESS, &party));
    }
}

#[test]
fn who_is_admitted_is_a_party_until_the_opening_ends_or_is_closed() {
    let mut world = World::with_seals();
    let view = recordCall { id: SEALED };
    world.refuses(Who::Physician, RECORDS, &view, Refusal::NotAParty);
    world.opened();
    world.ok(Who::Physician, RECORDS, &view);
    world.no_rule();
    world.refuses(Who::Physician, RECORDS, &view, Refusal::NotAParty);
    world.opened();
    world.host.time_ms = (START + 3_600) * 1_000 - 1;
    world.ok(Who::Physician, RECORDS, &view);
    world.host.time_ms += 1;
    world.refuses(Who::Physician, RECORDS, &view, Refusal::NotAParty);
}

#[test]
fn an_opening_ends_no_later_than_the_rule_that_permits_it() {
    let mut world = World::with_seals();
    let rule = Rule {
        effect: Effect::Permit.code(),
        until: START + 50,
        ..Rule::default()
    };
    world.rule_at(0, rule);
    let answer = world.ok(Who::Physician, SEALS, &opening());
    assert_eq!(world.opening_at(answer.opening).expiry, START + 50);
}

#[test]
fn the_controller_opens_her_own_records_without_a_rule_or_an_enrolment() {
    let mut world = World::with_seals();
    world.rule(Effect::Deny);
    world.end(Who::Hospital, Who::Patient);
    let answer = world.ok(Who::Patient, SEALS, &opening());
    assert!(answer.admitted);
    let found = world.opening_at(answer.opening);
    assert_eq!(found.basis, Basis::Owner.code());
    assert_eq!((found.organisation, found.role), (0, 0));
    let keeper = world.keeper(answer.opening, &[SEALED]);
    assert_eq!(
        keeper.map(|found| found.requester),
        Ok(Who::Patient.address())
    );
}

#[test]
fn openings_number_densely_over_all_charts_and_count_against_the_day() {
    let mut world = World::with_seals();
    let other = openCall {
        chart: crate::testing::OTHER_CHART,
        records: vec![OTHER_SEALED],
        ..opening()
    };
    for number in 0..4 {
        let call = [opening(), other.clone()][number % 2].clone();
        let answer = world.ok(Who::Physician, SEALS, &call);
        assert_eq!(answer.opening, number as u64);
    }
    world.ok(Who::Physician, ACCESS, &question());
    world.refuses(
        Who::Physician,
        SEALS,
        &opening(),
        Refusal::DailyLimitReached,
    );
    world.refuses(
        Who::Physician,
        ACCESS,
        &question(),
        Refusal::DailyLimitReached,
    );
    world.after(86_400).ok(Who::Physician, SEALS, &opening());
}

#[test]
fn an_opening_takes_no_number_from_requests() {
    let mut with = World::with_seals();
    with.ok(Who::Physician, SEALS, &opening());
    let mut without = World::with_seals();
    assert_eq!(with.ask(), without.ask());
}

#[test]
fn a_sealed_record_is_not_opened_under_a_grant_alone() {
    let mut world = World::with_seals();
    let id = granted(&mut world, 8);
    let call = IAccess::openCall { id, record: SEALED };
    world.refuses(Who::Physician, ACCESS, &call, Refusal::RecordIsSealed);
    let direct = IAccess::openCall { id, record: RECORD };
    world.ok(Who::Physician, ACCESS, &direct);
}

#[test]
fn one_opening_holds_a_history_of_512_records() {
    let mut world = World::with_seals();
    world.rule(Effect::Permit);
    let records: Vec<_> = (0..512u16)
        .map(|index| B256::right_padding_from(&[0xab, (index >> 8) as u8, index as u8]))
        .collect();
    for record in &records {
        let call = sealed_registration(*record, CHART, Kind::Encounter);
        world.ok(Who::Author, RECORDS, &call);
    }
    let call = openCall {
        records: records.clone(),
        ..opening()
    };
    let answer = world.ok(Who::Physician, SEALS, &call);
    assert!(answer.admitted);
    assert!(world.keeper(answer.opening, &records).is_ok());
}
