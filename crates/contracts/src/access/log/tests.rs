//! Tests of the log of a chart.

use alloy_primitives::{B256, U256, address, b256, keccak256};

use super::entry_hash;
use crate::{
    Host,
    addresses::ACCESS,
    interfaces::IAccess::LogEntry,
    testing::{CHART, World},
};

fn entry() -> LogEntry {
    LogEntry {
        chart: B256::repeat_byte(0x11),
        sequence: 2,
        kind: 7,
        actor: address!("00000000000000000000000000000000000000aa"),
        subject: B256::repeat_byte(0x33),
        detail: B256::repeat_byte(0x44),
        height: 5,
        timeMs: 6,
    }
}

#[test]
fn an_entry_is_hashed_as_eight_abi_words() {
    let entry = entry();
    let words: [B256; 8] = [
        B256::with_last_byte(7),
        entry.chart,
        B256::with_last_byte(2),
        entry.actor.into_word(),
        entry.subject,
        entry.detail,
        B256::with_last_byte(5),
        B256::with_last_byte(6),
    ];
    assert_eq!(entry_hash(&entry), keccak256(words.concat()));
}

#[test]
fn the_hash_of_an_entry_is_pinned() {
    // From ethers 6.17.0: keccak256(AbiCoder.encode([uint8, bytes32, uint64, address, bytes32, bytes32, uint64, uint64], ...)).
    let pinned = b256!("3123bc3d209fa26c4e3251f1318bf026d21d9ec0d26a425670217649314e96f2");
    assert_eq!(entry_hash(&entry()), pinned);
}

#[test]
fn length_and_entries_stand_in_the_slots_that_evidence_reads() {
    let mut world = World::with_records();
    world.granted();
    let slot = |key: B256, base: U256| -> U256 {
        keccak256([key.0, base.to_be_bytes::<32>()].concat()).into()
    };
    let length = slot(CHART, U256::ZERO);
    assert_eq!(world.host.sload(ACCESS, length), Ok(U256::from(2)));
    let chart = slot(CHART, U256::ONE);
    let hashes: Vec<B256> = world.log_of(CHART).iter().map(entry_hash).collect();
    for (hash, sequence) in hashes.iter().zip(0u8..) {
        let place = slot(B256::with_last_byte(sequence), chart);
        assert_eq!(world.host.sload(ACCESS, place), Ok((*hash).into()));
    }
    let next = slot(B256::with_last_byte(2), chart);
    assert_eq!(
        world.host.sload(ACCESS, next),
        Ok(U256::ZERO),
        "there is no further entry"
    );
}
