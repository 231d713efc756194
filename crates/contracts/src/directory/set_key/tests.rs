//! Tests of `setKey`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::DIRECTORY,
    interfaces::IDirectory::{personCall, setKeyCall},
    testing::{Who, World},
};

#[test]
fn set_key_refuses_in_the_documented_order() {
    let mut world = World::new();
    let none = setKeyCall { key: B256::ZERO };
    let some = setKeyCall {
        key: B256::repeat_byte(1),
    };
    world.refuses(Who::Stranger, DIRECTORY, &none, Refusal::KeyMissing);
    world.refuses(Who::Stranger, DIRECTORY, &some, Refusal::NotEnrolled);
    world.refuses(Who::Hospital, DIRECTORY, &some, Refusal::NotEnrolled);
    world.ok(Who::Patient, DIRECTORY, &some);
}

#[test]
fn set_key_changes_the_key_of_the_caller_only() {
    let mut world = World::new();
    world.ok(
        Who::Patient,
        DIRECTORY,
        &setKeyCall {
            key: B256::repeat_byte(1),
        },
    );
    world.ok(
        Who::Patient,
        DIRECTORY,
        &setKeyCall {
            key: B256::repeat_byte(2),
        },
    );
    for (who, key) in [
        (Who::Patient, B256::repeat_byte(2)),
        (Who::OtherPatient, B256::ZERO),
    ] {
        let person = world.ok(
            Who::Stranger,
            DIRECTORY,
            &personCall {
                account: who.address(),
            },
        );
        assert_eq!(person.key, key, "{who:?}");
    }
}
