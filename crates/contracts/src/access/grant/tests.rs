//! Tests of `grant`.

use alloy_primitives::{Address, B256};

use crate::{
    Refusal,
    addresses::{ACCESS, RECORDS},
    codes::{Effect, Kind, Purpose, RequestStatus},
    interfaces::{
        IAccess::{Rule, grantCall, openCall, requestByIdCall, setRuleCall},
        IRecords::withdrawCall,
    },
    testing::{CHART, EXPIRY, IMAGE, OTHER_RECORD, RECORD, START, WRAP, Who, World},
};

fn gift() -> grantCall {
    grantCall {
        chart: CHART,
        grantee: Who::Nurse.address(),
        record: RECORD,
        purpose: Purpose::PatientRequested.code(),
        kinds: 0,
        expiry: EXPIRY,
        key: B256::repeat_byte(0x52),
        wrap: WRAP,
    }
}

#[test]
fn grant_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let mut call = grantCall {
        chart: B256::ZERO,
        grantee: Who::Patient.address(),
        record: B256::ZERO,
        purpose: 0,
        kinds: 0,
        expiry: START,
        key: B256::ZERO,
        wrap: B256::ZERO,
    };
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::UnknownPurpose);
    call.purpose = Purpose::FamilyRequested.code();
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::UnknownKind);
    call.kinds = Kind::Imaging.bit().0;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::KeyMissing);
    call.key = B256::repeat_byte(1);
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::WrapMissing);
    call.wrap = WRAP;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    for caller in [Who::Stranger, Who::Author, Who::Hospital, Who::OtherPatient] {
        world.refuses(caller, ACCESS, &call, Refusal::NotTheController);
    }
    world.refuses(Who::Patient, ACCESS, &call, Refusal::OwnChart);
    call.grantee = Address::ZERO;
    call.record = OTHER_RECORD;
    world.refuses(Who::Patient, ACCESS, &call, Refusal::NotEnrolled);
    call.grantee = Who::Nurse.address();
    world.refuses(Who::Patient, ACCESS, &call, Refusal::RecordUnknown);
    world.ok(Who::Author, RECORDS, &withdrawCall { record: IMAGE });
    call.record = IMAGE;
    world.refuses(Who::Patient, ACCESS, &call, Refusal::RecordWithdrawnAlready);
    call.record = RECORD;
    world.refuses(Who::Patient, ACCESS, &call, Refusal::KindMismatch);
    call.kinds = Kind::Laboratory.bit().0;
    world.refuses(Who::Patient, ACCESS, &call, Refusal::ExpiryPassed);
    call.expiry = START + 5 * 366 * 86_400 + 1;
    world.refuses(Who::Patient, ACCESS, &call, Refusal::ExpiryTooFar);
    call.expiry -= 1;
    for _ in 0..5 {
        world.ok(Who::Patient, ACCESS, &call);
    }
    world.refuses(Who::Patient, ACCESS, &call, Refusal::DailyLimitReached);
}

#[test]
fn a_grant_unasked_is_open_at_once_whatever_her_rules_say() {
    let mut world = World::with_records();
    let rule = Rule {
        effect: Effect::Deny.code(),
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
    let id = world.ok(Who::Patient, ACCESS, &gift());
    let found = world.ok(Who::Nurse, ACCESS, &requestByIdCall { id });
    assert_eq!(found.status, RequestStatus::Granted.code());
    assert_eq!(
        (found.requester, found.organisation),
        (Who::Nurse.address(), 2)
    );
    assert_eq!(
        (found.kinds, found.reason),
        (Kind::Laboratory.bit().0, B256::ZERO)
    );
    world.ok(Who::Nurse, ACCESS, &openCall { id, record: RECORD });
}

#[test]
fn an_organisations_account_can_be_grantee() {
    let mut world = World::with_records();
    let call = grantCall {
        grantee: Who::Clinic.address(),
        ..gift()
    };
    let id = world.ok(Who::Patient, ACCESS, &call);
    world.ok(Who::Clinic, ACCESS, &openCall { id, record: RECORD });
}
