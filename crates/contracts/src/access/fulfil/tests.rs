//! Tests of `fulfil`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::ACCESS,
    codes::RequestStatus,
    interfaces::IAccess::{fulfilCall, openCall, requestByIdCall, revokeCall},
    testing::{EXPIRY, RECORD, START, WRAP, Who, World},
};

#[test]
fn fulfil_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = fulfilCall {
        id: B256::repeat_byte(0xdd),
        wrap: B256::ZERO,
    };
    world.refuses(Who::Stranger, ACCESS, &unknown, Refusal::RequestUnknown);
    for (id, refusal) in [
        (world.ask(), Refusal::RequestNotAdmitted),
        (world.granted(), Refusal::RequestDecided),
        (world.denied(), Refusal::RequestDenied),
        (world.revoked(), Refusal::GrantRevoked),
        (world.admitted(), Refusal::WrapMissing),
    ] {
        let call = fulfilCall {
            id,
            wrap: B256::ZERO,
        };
        world.refuses(Who::Physician, ACCESS, &call, Refusal::NotTheController);
        world.refuses(Who::Patient, ACCESS, &call, refusal);
    }
}

#[test]
fn an_admitted_request_is_opened_after_the_wrap_was_given() {
    let mut world = World::with_records();
    let id = world.admitted();
    let open = openCall { id, record: RECORD };
    world.refuses(Who::Physician, ACCESS, &open, Refusal::NotYetGranted);
    let call = fulfilCall { id, wrap: WRAP };
    world
        .after(EXPIRY - START)
        .refuses(Who::Patient, ACCESS, &call, Refusal::RequestExpired);
    world.after(1).ok(Who::Patient, ACCESS, &call);
    let found = world.ok(Who::Physician, ACCESS, &requestByIdCall { id });
    assert_eq!(
        (found.status, found.wrap),
        (RequestStatus::Granted.code(), WRAP)
    );
    world.ok(Who::Physician, ACCESS, &open);
}

#[test]
fn an_admission_that_was_revoked_is_never_fulfilled() {
    let mut world = World::with_records();
    let id = world.admitted();
    world.ok(Who::Patient, ACCESS, &revokeCall { id });
    let call = fulfilCall { id, wrap: WRAP };
    world.refuses(Who::Patient, ACCESS, &call, Refusal::GrantRevoked);
}
