//! Tests of `approve` and `approveSigned`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::ACCESS,
    codes::RequestStatus,
    interfaces::IAccess::{approveCall, requestByIdCall},
    testing::{EXPIRY, START, WRAP, Who, World},
};

#[test]
fn approve_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let mut call = approveCall {
        id: B256::repeat_byte(0xdd),
        wrap: B256::ZERO,
    };
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::RequestUnknown);
    for id in [world.granted(), world.denied(), world.revoked()] {
        call.id = id;
        world.refuses(Who::Physician, ACCESS, &call, Refusal::NotTheController);
        world.refuses(Who::Hospital, ACCESS, &call, Refusal::NotTheController);
        world.refuses(Who::Patient, ACCESS, &call, Refusal::RequestDecided);
    }
    call.id = world.ask();
    world.refuses(Who::Patient, ACCESS, &call, Refusal::WrapMissing);
    call.wrap = WRAP;
    world
        .after(EXPIRY - START)
        .refuses(Who::Patient, ACCESS, &call, Refusal::RequestExpired);
    world
        .after(EXPIRY - START - 1)
        .ok(Who::Patient, ACCESS, &call);
}

#[test]
fn an_admitted_request_is_fulfilled_and_not_approved() {
    let mut world = World::with_records();
    let call = approveCall {
        id: world.admitted(),
        wrap: WRAP,
    };
    world.refuses(Who::Patient, ACCESS, &call, Refusal::RequestDecided);
}

#[test]
fn approval_gives_the_wrap_to_the_requester() {
    let mut world = World::with_records();
    let id = world.granted();
    let found = world.ok(Who::Physician, ACCESS, &requestByIdCall { id });
    assert_eq!(
        (found.status, found.wrap),
        (RequestStatus::Granted.code(), WRAP)
    );
    assert_eq!(found.decidedTimeMs, START * 1_000);
}
