//! Tests of seals, against hashes made by ethers 6.17.0 (`AbiCoder.encode`, `keccak256`).

use super::*;
use crate::{
    addresses::{RECORDS, SEALS},
    codes::Kind,
    interfaces::ISeals::{sealIdCall, sealOfCall},
    testing::{CHART, SEALED, Who, World, sealed_registration},
};
use alloy_sol_types::SolEvent;

#[test]
fn a_seal_is_the_hash_that_ethers_computes() {
    let expected = b256!("95aab60a87e889e4e15e2f48d03ba80c6df353004cde081848459a4a2702725a");
    let (record, salt) = (B256::repeat_byte(1), B256::repeat_byte(6));
    let controller = Who::Patient.address();
    assert_eq!(seal_id(1_337, (record, 2), controller, salt), expected);
    let call = sealIdCall {
        record,
        version: 2,
        controller,
        salt,
    };
    let mut world = World::new();
    assert_eq!(world.ok(Who::Stranger, SEALS, &call), expected);
}

#[test]
fn a_seal_moves_with_everything_that_it_binds() {
    let (record, salt) = (B256::repeat_byte(1), B256::repeat_byte(6));
    let patient = Who::Patient.address();
    let seals = [
        seal_id(1_337, (record, 2), patient, salt),
        seal_id(1_338, (record, 2), patient, salt),
        seal_id(1_337, (B256::repeat_byte(2), 2), patient, salt),
        seal_id(1_337, (record, 3), patient, salt),
        seal_id(1_337, (record, 2), Who::Author.address(), salt),
        seal_id(1_337, (record, 2), patient, B256::repeat_byte(7)),
    ];
    let different: std::collections::BTreeSet<_> = seals.iter().collect();
    assert_eq!(different.len(), seals.len());
}

#[test]
fn the_root_of_seals_is_the_hash_that_ethers_computes() {
    let seals = [B256::repeat_byte(1), B256::repeat_byte(2)];
    let expected = b256!("63a69be0d89175c949248d481db77e67d35c9bdd1d997be5094aa7d91c2e45d1");
    assert_eq!(seals_root(&seals), expected);
    let of_none = b256!("569e75fc77c1a856f6daaf9e69d8a9566ca34aa47f9133711ce065a571af0cfd");
    assert_eq!(seals_root(&[]), of_none);
}

#[test]
fn the_contract_computes_the_seal_and_tells_it() {
    let mut world = World::with_records();
    let call = sealed_registration(SEALED, CHART, Kind::Laboratory);
    world.ok(Who::Author, RECORDS, &call);
    let id = seal_id(1_337, (SEALED, 1), Who::Patient.address(), call.salt);
    let seal = world.ok(Who::Patient, SEALS, &sealOfCall { record: SEALED });
    assert_eq!((seal.record, seal.version), (SEALED, 1));
    assert_eq!((seal.id, seal.sealedKey), (id, call.sealedKey));
    let log = world.host.logs().last().expect("it was told");
    let told = Sealed::decode_log(log).expect("the last event");
    assert_eq!(log.address, SEALS);
    assert_eq!((told.record, told.chart, told.seal), (SEALED, CHART, id));
    assert_eq!((told.version, told.sealedKey), (1, call.sealedKey));
}
