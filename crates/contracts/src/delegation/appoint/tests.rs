//! Tests of `appoint`.

use alloy_primitives::{B256, keccak256};
use alloy_sol_types::{SolEvent, SolValue};

use crate::{
    Refusal,
    addresses::{DELEGATION, DIRECTORY},
    codes::{DelegationKind, EntryKind, Kind, Role},
    interfaces::{
        IDelegation::{Appointed, appointCall, delegatesCall, delegationCall, mandatesCall},
        IDirectory::enrolCall,
    },
    testing::{CHART, EXPIRY, START, Who, World, proxy},
};

#[test]
fn appoint_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    world.end(Who::Clinic, Who::Nurse);
    let mut call = appointCall {
        chart: B256::ZERO,
        delegate: Who::Patient.address(),
        kind: 0,
        kinds: 1 << 14,
        purposes: 1,
        from: START + 10,
        until: START + 10,
        majority: 0,
    };
    for kind in [0, 3, 255] {
        call.kind = kind;
        world.refuses(
            Who::Agent,
            DELEGATION,
            &call,
            Refusal::UnknownDelegationKind,
        );
    }
    call.kind = DelegationKind::Guardian.code();
    for (kind, until, majority) in [
        (1, 0, 0),
        (1, START + 10, 0),
        (1, EXPIRY, START + 10),
        (2, 0, 0),
        (2, 0, EXPIRY),
        (2, EXPIRY, EXPIRY),
        (2, START + 10, 0),
    ] {
        (call.kind, call.until, call.majority) = (kind, until, majority);
        world.refuses(Who::Agent, DELEGATION, &call, Refusal::DelegationMalformed);
    }
    (call.until, call.from) = (START, 0);
    world.refuses(Who::Agent, DELEGATION, &call, Refusal::UnknownKind);
    call.kinds = Kind::Laboratory.bit().0;
    for purposes in [1, 1 << 15, u32::MAX] {
        call.purposes = purposes;
        world.refuses(Who::Agent, DELEGATION, &call, Refusal::UnknownPurpose);
    }
    call.purposes = 2;
    world.refuses(Who::Agent, DELEGATION, &call, Refusal::ExpiryPassed);
    (call.kind, call.until, call.majority) = (1, EXPIRY, START);
    world.refuses(Who::Agent, DELEGATION, &call, Refusal::ExpiryPassed);
    call.majority = 0;
    world.refuses(Who::Agent, DELEGATION, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    world.refuses(Who::Author, DELEGATION, &call, Refusal::NotTheController);
    world.refuses(
        Who::Patient,
        DELEGATION,
        &call,
        Refusal::DelegateIsTheController,
    );
    call.delegate = Who::Stranger.address();
    world.refuses(Who::Patient, DELEGATION, &call, Refusal::NotEnrolled);
    call.delegate = Who::Nurse.address();
    world.refuses(Who::Patient, DELEGATION, &call, Refusal::EnrolmentEnded);
    call.delegate = Who::Agent.address();
    world.ok(Who::Patient, DELEGATION, &call);
    world.propose(Who::Physician, Who::Successor);
    world.freeze(Who::Physician);
    world.freeze(Who::Clinic);
    world.refuses(Who::Patient, DELEGATION, &call, Refusal::KeyFrozen);
}

#[test]
fn a_chart_has_16_delegates_and_new_terms_take_no_place() {
    let mut world = World::with_records();
    let delegates: Vec<_> = (0..17u8)
        .map(|byte| alloy_primitives::Address::repeat_byte(0x30 + byte))
        .collect();
    for person in &delegates {
        let call = enrolCall {
            person: *person,
            role: Role::Nurse.code(),
            expiry: 0,
            nameCommitment: B256::repeat_byte(1),
            licenceCommitment: B256::ZERO,
        };
        world.ok(Who::Clinic, DIRECTORY, &call);
    }
    let appoint = |delegate| appointCall {
        delegate,
        ..proxy()
    };
    for delegate in &delegates[..16] {
        world.ok(Who::Patient, DELEGATION, &appoint(*delegate));
    }
    let over = appoint(delegates[16]);
    world.refuses(Who::Patient, DELEGATION, &over, Refusal::TooManyDelegates);
    let again = appointCall {
        until: EXPIRY + 5,
        ..appoint(delegates[7])
    };
    world.ok(Who::Patient, DELEGATION, &again);
    let call = delegatesCall {
        chart: CHART,
        from: 0,
        limit: 100,
    };
    let found = world.ok(Who::Patient, DELEGATION, &call);
    assert_eq!((found.total, found.page[7].until), (16, EXPIRY + 5));
    let named: Vec<_> = found.page.iter().map(|one| one.delegate).collect();
    assert_eq!(named, delegates[..16]);
}

#[test]
fn an_appointment_is_an_entry_and_an_event() {
    let mut world = World::with_records();
    let call = proxy();
    world.ok(Who::Patient, DELEGATION, &call);
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(entry.kind, EntryKind::DelegateAppointed.code());
    assert_eq!(
        (entry.actor, entry.subject),
        (Who::Patient.address(), call.delegate.into_word())
    );
    let terms = (
        u16::from(call.kind),
        call.kinds,
        call.purposes,
        call.from,
        call.until,
        call.majority,
    );
    assert_eq!(entry.detail, keccak256(terms.abi_encode()));
    let last = world.host.logs().last().expect("an event").clone();
    let event = Appointed::decode_log(&last).expect("the event").data;
    assert_eq!(
        (event.chart, event.delegate, event.until),
        (CHART, call.delegate, call.until)
    );
    let view = delegationCall {
        chart: CHART,
        delegate: call.delegate,
    };
    let found = world.ok(Who::Agent, DELEGATION, &view);
    assert!(found.inForce);
    let mandates = mandatesCall { from: 0, limit: 10 };
    assert_eq!(world.ok(Who::Agent, DELEGATION, &mandates).page, [found]);
}
