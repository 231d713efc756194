//! Tests of `deny`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::ACCESS,
    codes::RequestStatus,
    interfaces::IAccess::denyCall,
    testing::{EXPIRY, START, Who, World},
};

#[test]
fn deny_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = denyCall {
        id: B256::repeat_byte(0xdd),
    };
    world.refuses(Who::Stranger, ACCESS, &unknown, Refusal::RequestUnknown);
    for id in [
        world.granted(),
        world.denied(),
        world.revoked(),
        world.admitted(),
    ] {
        world.refuses(
            Who::Physician,
            ACCESS,
            &denyCall { id },
            Refusal::NotTheController,
        );
        world.refuses(
            Who::Patient,
            ACCESS,
            &denyCall { id },
            Refusal::RequestDecided,
        );
    }
}

#[test]
fn a_pending_request_is_denied_until_it_expires() {
    let mut world = World::with_records();
    let call = denyCall { id: world.ask() };
    world
        .after(EXPIRY - START)
        .refuses(Who::Patient, ACCESS, &call, Refusal::RequestExpired);
    world
        .after(EXPIRY - START - 1)
        .ok(Who::Patient, ACCESS, &call);
    assert_eq!(world.status(call.id), RequestStatus::Denied);
}
