//! Tests of `revoke`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::ACCESS,
    codes::RequestStatus,
    interfaces::IAccess::{openCall, revokeCall},
    testing::{EXPIRY, RECORD, START, Who, World},
};

#[test]
fn revoke_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = revokeCall {
        id: B256::repeat_byte(0xdd),
    };
    world.refuses(Who::Stranger, ACCESS, &unknown, Refusal::RequestUnknown);
    for (id, refusal) in [
        (world.ask(), Refusal::NotYetGranted),
        (world.denied(), Refusal::RequestDenied),
        (world.revoked(), Refusal::GrantRevoked),
    ] {
        world.refuses(
            Who::Physician,
            ACCESS,
            &revokeCall { id },
            Refusal::NotTheController,
        );
        world.refuses(Who::Patient, ACCESS, &revokeCall { id }, refusal);
    }
    let id = world.granted();
    world.after(EXPIRY - START);
    world.refuses(
        Who::Patient,
        ACCESS,
        &revokeCall { id },
        Refusal::GrantExpired,
    );
}

#[test]
fn nothing_is_opened_after_a_revocation_in_the_same_block_already() {
    let mut world = World::with_records();
    let id = world.granted();
    let open = openCall { id, record: RECORD };
    world.ok(Who::Physician, ACCESS, &open);
    world.ok(Who::Patient, ACCESS, &revokeCall { id });
    world.refuses(Who::Physician, ACCESS, &open, Refusal::GrantRevoked);
    assert_eq!(world.status(id), RequestStatus::Revoked);
}
