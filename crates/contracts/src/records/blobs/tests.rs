//! Tests of what state names.

use alloy_primitives::B256;

use super::*;
use crate::{
    addresses::RECORDS,
    interfaces::IRecords::{amendCall, amendSealedCall, eraseCall, recordCall, withdrawCall},
    testing::{IMAGE, RECORD, SEALED, Who, World, sealed_registration},
};

fn blob(version: u8, part: u8) -> B256 {
    B256::left_padding_from(&[version, part])
}

fn amendment(record: B256, version: u8) -> amendCall {
    amendCall {
        record,
        commitment: blob(version, 1),
        contentId: blob(version, 2),
        wrapId: blob(version, 3),
    }
}

fn sealed_amendment(version: u8) -> amendSealedCall {
    let plain = amendment(SEALED, version);
    amendSealedCall {
        record: SEALED,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        salt: blob(version, 4),
        sealedKey: blob(version, 5),
    }
}

/// What registration named, of the record's first version.
fn first(world: &mut World, id: B256) -> [B256; 2] {
    let record = world.ok(Who::Patient, RECORDS, &recordCall { id });
    [record.contentId, record.wrapId]
}

#[test]
fn state_alone_names_ciphertext_and_wrap_of_each_of_three_versions() {
    let mut world = World::with_records();
    let [content, wrap] = first(&mut world, RECORD);
    for version in 2..=3 {
        world.ok(Who::Author, RECORDS, &amendment(RECORD, version));
    }
    let expected = [
        content,
        wrap,
        blob(2, 2),
        blob(2, 3),
        blob(3, 2),
        blob(3, 3),
    ];
    let named = named_blobs(&mut world.host, RECORD).expect("memory");
    assert_eq!(named, expected);
    world.ok(Who::Author, RECORDS, &withdrawCall { record: RECORD });
    world.ok(Who::Patient, RECORDS, &eraseCall { record: RECORD });
    let named = named_blobs(&mut world.host, RECORD).expect("memory");
    assert_eq!(named, expected, "and after the order still");
}

#[test]
fn of_a_sealed_record_state_names_the_sealed_keys_too() {
    let mut world = World::with_seals();
    let [content, wrap] = first(&mut world, SEALED);
    let sealed = sealed_registration(SEALED, B256::ZERO, crate::codes::Kind::Laboratory);
    for version in 2..=3 {
        world.ok(Who::Author, RECORDS, &sealed_amendment(version));
    }
    let expected = [
        content,
        wrap,
        blob(2, 2),
        blob(2, 3),
        blob(3, 2),
        blob(3, 3),
        sealed.sealedKey,
        blob(2, 5),
        blob(3, 5),
    ];
    let named = named_blobs(&mut world.host, SEALED).expect("memory");
    assert_eq!(named, expected);
}

#[test]
fn a_record_that_was_not_amended_names_its_one_version_and_an_unknown_one_nothing() {
    let mut world = World::with_records();
    world.ok(Who::Author, RECORDS, &amendment(RECORD, 2));
    let expected = first(&mut world, IMAGE);
    let named = named_blobs(&mut world.host, IMAGE).expect("memory");
    assert_eq!(named, expected);
    let none = named_blobs(&mut world.host, blob(9, 9)).expect("memory");
    assert_eq!(none, [B256::ZERO; 0]);
}
