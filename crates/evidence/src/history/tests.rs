//! The range, its proofs, and what they refuse.

use super::*;
use alloy_primitives::{U256, keccak256};
use std::collections::BTreeMap;

fn block_hash(index: u64) -> B256 {
    keccak256(index.to_be_bytes())
}

fn range(size: u64) -> Peaks {
    let mut peaks = Peaks::new();
    (0..size).for_each(|index| peaks.append(block_hash(index)));
    peaks
}

fn proof_of(size: u64, index: u64) -> Option<HistoryProof> {
    prove(size, index, |height, at| {
        leaves_node(height, at, &mut |leaf| {
            (leaf < size).then(|| block_hash(leaf))
        })
    })
}

#[test]
fn every_leaf_of_every_small_range_is_proved() {
    for size in 1..=70 {
        let root = range(size).root();
        for index in 0..size {
            let proof = proof_of(size, index).unwrap();
            assert_eq!(verify(&root, &block_hash(index), &proof), Ok(()));
            assert!(verify(&root, &block_hash(index + 1), &proof).is_err());
            assert!(verify(&range(size + 1).root(), &block_hash(index), &proof).is_err());
        }
        assert_eq!(proof_of(size, size), None);
    }
}

#[test]
fn changed_proof_is_refused() {
    let root = range(45).root();
    let proof = proof_of(45, 37).unwrap();
    let hash = block_hash(37);
    for index in 0..proof.siblings.len() {
        let mut other = proof.clone();
        other.siblings[index].0[31] ^= 1;
        assert!(matches!(
            verify(&root, &hash, &other),
            Err(HistoryFailure::Root { .. })
        ));
    }
    for index in 0..proof.peaks.len() {
        let mut other = proof.clone();
        other.peaks[index].0[0] ^= 1;
        assert!(matches!(
            verify(&root, &hash, &other),
            Err(HistoryFailure::Root { .. })
        ));
    }
    let shorter = HistoryProof {
        siblings: proof.siblings[1..].to_vec(),
        ..proof.clone()
    };
    assert!(matches!(
        verify(&root, &hash, &shorter),
        Err(HistoryFailure::Siblings { .. })
    ));
    let fewer = HistoryProof {
        peaks: proof.peaks[1..].to_vec(),
        ..proof.clone()
    };
    assert!(matches!(
        verify(&root, &hash, &fewer),
        Err(HistoryFailure::PeakCount { .. })
    ));
    for size in [0, 37, 44, 46, u64::MAX] {
        assert!(
            verify(
                &root,
                &hash,
                &HistoryProof {
                    size,
                    ..proof.clone()
                }
            )
            .is_err()
        );
    }
    for index in [0, 36, 38, 44, 45, u64::MAX] {
        assert!(
            verify(
                &root,
                &hash,
                &HistoryProof {
                    index,
                    ..proof.clone()
                }
            )
            .is_err()
        );
    }
}

#[test]
fn storage_changes_carry_the_range_from_block_to_block() {
    let mut storage = BTreeMap::<U256, U256>::new();
    let mut before = Peaks::new();
    for index in 0..200 {
        let mut after = before.clone();
        after.append(block_hash(index));
        for (slot, value) in after.storage_changes(&before) {
            match value.is_zero() {
                true => storage.remove(&slot),
                false => storage.insert(slot, value),
            };
        }
        let size = storage[&SIZE_SLOT].to::<u64>();
        let loaded = Peaks::load(size, |height| {
            storage
                .get(&U256::from(height))
                .map(|peak| B256::from(*peak))
                .ok_or(height)
        });
        assert_eq!(loaded.unwrap().root(), after.root());
        assert_eq!(storage.len(), size.count_ones() as usize + 1);
        before = after;
    }
}

#[test]
fn roots_are_the_pinned_ones() {
    let empty = "0x4322fd2bc0a137d1375b37b3b2e2b4715b3d3dd7ca9682438d4fea0f8437fad3";
    assert_eq!(Peaks::new().root().to_string(), empty);

    let mut peaks = Peaks::new();
    (0..11_u64).for_each(|index| peaks.append(U256::from(index).into()));
    let eleven = "0x66569d377a5a92eac98c83b189d90e84fe3d2b739c359c989e01f68e65e59c6d";
    assert_eq!(peaks.root().to_string(), eleven);
}
