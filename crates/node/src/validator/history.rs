//! Nodes of the tree over all block hashes, kept once computed, so that a proof costs what is new.

use alloy_primitives::B256;
use parking_lot::Mutex;
use std::{collections::HashMap, ops::RangeInclusive};
use theriac_evidence::history::{HistoryProof, leaves_node, node, prove};

/// Level of the lowest nodes that are kept: below one of them are 1,024 blocks, whose hashes are read in one go.
const KEPT_LEVEL: u32 = 10;

/// Kept nodes by level and index. Blocks below a node are final, so a node never changes.
#[derive(Debug, Default)]
pub(super) struct HistoryNodes(Mutex<HashMap<(u32, u64), B256>>);

impl HistoryNodes {
    /// Proves that block `height` is in the history of block `newer`; `None` where a hash is not to be had.
    ///
    /// `hashes_of` reads the block hashes of an inclusive range, in order, up to the first that is missing.
    ///
    /// # Errors
    /// Those of reading.
    pub(super) fn prove<E>(
        &self,
        newer: u64,
        height: u64,
        mut hashes_of: impl FnMut(RangeInclusive<u64>) -> Result<Vec<B256>, E>,
    ) -> Result<Option<HistoryProof>, E> {
        let mut failure = None;
        let proof = prove(newer, height, |level, index| {
            self.node_at(level, index, &mut |range| match hashes_of(range) {
                Ok(hashes) => hashes,
                Err(error) => {
                    failure = Some(error);
                    Vec::new()
                }
            })
        });
        failure.map_or(Ok(proof), Err)
    }

    fn node_at(
        &self,
        level: u32,
        index: u64,
        hashes_of: &mut impl FnMut(RangeInclusive<u64>) -> Vec<B256>,
    ) -> Option<B256> {
        if let Some(kept) = self.0.lock().get(&(level, index)) {
            return Some(*kept);
        }
        let hash = if level <= KEPT_LEVEL {
            let first = index << level;
            let hashes = hashes_of(first..=first + (1 << level) - 1);
            leaves_node(level, index, &mut |at| {
                hashes.get(usize::try_from(at - first).ok()?).copied()
            })?
        } else {
            let left = self.node_at(level - 1, index * 2, hashes_of)?;
            let right = self.node_at(level - 1, index * 2 + 1, hashes_of)?;
            node(&left, &right)
        };
        if level >= KEPT_LEVEL {
            self.0.lock().insert((level, index), hash);
        }
        Some(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use theriac_evidence::history::{Peaks, verify};

    fn hash_of(height: u64) -> B256 {
        alloy_primitives::keccak256(height.to_be_bytes())
    }

    #[test]
    fn proofs_hold_and_read_what_is_complete_only_once() {
        let nodes = HistoryNodes::default();
        let newer = 5_000;
        let mut peaks = Peaks::default();
        (0..newer).for_each(|height| peaks.append(hash_of(height)));
        for (height, most) in [(7, 5_000), (7, 2_000), (1_500, 3_000), (4_999, 2_000)] {
            let mut read = 0;
            let proof = nodes.prove(newer, height, |range| {
                read += range.end() - range.start() + 1;
                Ok::<_, Infallible>(range.map(hash_of).collect())
            });
            let Ok(Some(proof)) = proof else {
                panic!("all hashes are to be had")
            };
            assert_eq!(verify(&peaks.root(), &hash_of(height), &proof), Ok(()));
            assert!(read <= most, "{height}: {read} hashes were read");
        }
    }

    #[test]
    fn a_hash_that_is_not_to_be_had_gives_no_proof() {
        let nodes = HistoryNodes::default();
        let proof = nodes.prove(3_000, 2, |range| {
            Ok::<_, Infallible>(range.take_while(|at| *at != 2_000).map(hash_of).collect())
        });
        assert_eq!(proof, Ok(None));
    }
}
