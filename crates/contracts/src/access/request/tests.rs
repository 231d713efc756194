//! Tests of `request`.

use alloy_primitives::{B256, keccak256};
use alloy_sol_types::{SolEvent, SolValue};

use crate::{
    Refusal,
    addresses::{ACCESS, RECORDS},
    codes::{Effect, Kind, Kinds, Purpose, RequestStatus, Role},
    interfaces::{
        IAccess::{LogEntry, Requested, Rule, requestByIdCall, requestCall, setRuleCall},
        IRecords::withdrawCall,
    },
    log::Terms,
    testing::{CHART, IMAGE, OTHER_RECORD, RECORD, START, Who, World, question},
};

#[test]
fn request_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    world.end(Who::Clinic, Who::Nurse);
    let mut call = requestCall {
        chart: B256::ZERO,
        record: B256::ZERO,
        purpose: 0,
        kinds: 0,
        reason: B256::ZERO,
        key: B256::ZERO,
        expiry: START,
    };
    for purpose in [0, 15, 255] {
        call.purpose = purpose;
        world.refuses(Who::Stranger, ACCESS, &call, Refusal::UnknownPurpose);
    }
    call.purpose = Purpose::Treatment.code();
    for kinds in [0, 1 << 14, u32::MAX] {
        call.kinds = kinds;
        world.refuses(Who::Stranger, ACCESS, &call, Refusal::UnknownKind);
    }
    call.kinds = Kind::Imaging.bit().0;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::CommitmentMissing);
    call.reason = B256::repeat_byte(1);
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::KeyMissing);
    call.key = B256::repeat_byte(2);
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Nurse, ACCESS, &call, Refusal::EnrolmentEnded);
    world.refuses(Who::Physician, ACCESS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    call.record = B256::repeat_byte(0xdd);
    world.refuses(Who::Patient, ACCESS, &call, Refusal::OwnChart);
    world.refuses(Who::Physician, ACCESS, &call, Refusal::RecordUnknown);
    call.record = OTHER_RECORD;
    world.refuses(Who::Physician, ACCESS, &call, Refusal::RecordUnknown);
    world.ok(Who::Author, RECORDS, &withdrawCall { record: IMAGE });
    call.record = IMAGE;
    world.refuses(
        Who::Physician,
        ACCESS,
        &call,
        Refusal::RecordWithdrawnAlready,
    );
    call.record = RECORD;
    world.refuses(Who::Physician, ACCESS, &call, Refusal::KindMismatch);
    call.kinds = Kind::Laboratory.bit().0;
    world.refuses(Who::Physician, ACCESS, &call, Refusal::ExpiryPassed);
    call.expiry = START + 366 * 86_400 + 1;
    world.refuses(Who::Physician, ACCESS, &call, Refusal::ExpiryTooFar);
    call.expiry -= 1;
    for _ in 0..5 {
        world.ok(Who::Physician, ACCESS, &call);
    }
    world.refuses(Who::Physician, ACCESS, &call, Refusal::DailyLimitReached);
}

#[test]
fn the_daily_limit_begins_anew_each_day() {
    let mut world = World::with_records();
    for _ in 0..5 {
        world.ask();
    }
    world.refuses(
        Who::Physician,
        ACCESS,
        &question(),
        Refusal::DailyLimitReached,
    );
    world.ok(Who::Nurse, ACCESS, &question());
    let call = requestCall {
        expiry: START + 2 * 86_400,
        ..question()
    };
    world.after(86_400).ok(Who::Physician, ACCESS, &call);
}

#[test]
fn a_request_stands_with_what_was_asked_and_waits() {
    let mut world = World::with_records();
    let id = world.ask();
    let found = world.ok(Who::Physician, ACCESS, &requestByIdCall { id });
    assert_eq!((found.chart, found.record), (CHART, RECORD));
    assert_eq!(
        (found.requester, found.organisation),
        (Who::Physician.address(), 2)
    );
    assert_eq!((found.kinds, found.purpose), (Kind::Laboratory.bit().0, 1));
    assert_eq!(
        (found.status, found.decidedTimeMs),
        (RequestStatus::Pending.code(), 0)
    );
    assert_eq!(
        (found.wrap, found.requestedTimeMs),
        (B256::ZERO, START * 1_000)
    );
}

#[test]
fn a_request_for_one_record_may_leave_the_kind_to_the_ledger() {
    let mut world = World::with_records();
    let call = requestCall {
        kinds: 0,
        record: IMAGE,
        ..question()
    };
    let id = world.ok(Who::Physician, ACCESS, &call).id;
    let found = world.ok(Who::Physician, ACCESS, &requestByIdCall { id });
    assert_eq!(found.kinds, Kind::Imaging.bit().0);
}

#[test]
fn identifiers_follow_from_chain_account_and_number() {
    let mut world = World::with_records();
    for number in 1u64..=3 {
        let fields = (1_337u64, ACCESS, Who::Physician.address(), number);
        assert_eq!(world.ask(), keccak256(fields.abi_encode()));
    }
}

#[test]
fn a_denial_by_rule_is_written_and_returned_and_no_revert() {
    let mut world = World::with_records();
    let rule = Rule {
        effect: Effect::Deny.code(),
        role: Role::Physician.code(),
        ..Rule::default()
    };
    world.ok(
        Who::Patient,
        ACCESS,
        &setRuleCall {
            chart: CHART,
            index: 0,
            rule,
        },
    );
    let answer = world.ok(Who::Physician, ACCESS, &question());
    assert_eq!(answer.status, RequestStatus::Denied.code());
    assert_eq!(world.status(answer.id), RequestStatus::Denied);
    let logs = world.host.logs();
    let last = LogEntry::decode_log(&logs[logs.len() - 1])
        .expect("an entry")
        .data;
    assert_eq!((last.kind, last.actor), (3, Who::Patient.address()));
    assert_eq!((last.subject, last.detail), (answer.id, B256::ZERO));
}

#[test]
fn a_permission_by_rule_waits_for_the_wrap() {
    let mut world = World::with_records();
    let id = world.admitted();
    assert_eq!(world.status(id), RequestStatus::Admitted);
}

#[test]
fn the_log_and_the_event_tell_the_terms() {
    let mut world = World::with_records();
    let kinds: Kinds = [Kind::Summary, Kind::Plan].into_iter().collect();
    let call = requestCall {
        record: B256::ZERO,
        kinds: kinds.0,
        ..question()
    };
    let id = world.ok(Who::Nurse, ACCESS, &call).id;
    let logs = world.host.logs();
    let entry = LogEntry::decode_log(&logs[logs.len() - 2])
        .expect("an entry")
        .data;
    let terms = Terms {
        purpose: call.purpose,
        role: Role::Nurse.code(),
        organisation: 2,
        kinds: kinds.0,
        expiry: call.expiry,
    };
    assert_eq!((entry.kind, entry.subject), (1, id));
    assert_eq!(Terms::from_word(entry.detail), Some(terms));
    let event = Requested::decode_log(&logs[logs.len() - 1])
        .expect("the event")
        .data;
    assert_eq!(
        (event.request, event.chart, event.key),
        (id, CHART, call.key)
    );
    assert_eq!((event.reason, event.status), (call.reason, 1));
}
