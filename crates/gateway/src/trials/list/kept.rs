//! A list as its maker keeps it: permuted blocks, kits, salts and the secret.

use alloy_primitives::B256;
use serde::{Deserialize, Serialize};
use theriac_evidence::trial::list::{BaseEntry, MAX_LABEL, order, seed};

use super::{sealed, stratum_word};
use crate::trials::{Error, Refusal, book::BookError};

/// Entries of one list at most.
const MOST: usize = 50_000;

/// A list to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewList {
    /// For whom it is: what the stratum is called.
    pub stratum: String,
    /// The arms of one block, each as often as it is in it.
    pub block: Vec<String>,
    /// How many blocks.
    pub blocks: u32,
    /// What kit numbers begin with.
    pub kit_prefix: String,
    /// Blocks of the chain until that whose random value orders the list.
    pub delay: u32,
}

/// A list as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::trials) struct Kept {
    stratum: String,
    salt: B256,
    pub(in crate::trials) secret: B256,
    pub(super) block_length: u32,
    arms: Vec<String>,
    kits: Vec<String>,
    salts: Vec<B256>,
}

impl Kept {
    /// # Errors
    /// `Damaged`.
    pub(in crate::trials) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let damaged = |_| BookError::Damaged("a list cannot be read");
        Ok(serde_json::from_slice(bytes).map_err(damaged)?)
    }

    /// Blocks in which the arms are permuted at random, and kits whose numbers tell nothing of the arm.
    ///
    /// # Errors
    /// `ListFaulty`.
    pub(super) fn make(new: &NewList) -> Result<Self, Refusal> {
        let length = new.block.len() * new.blocks as usize;
        if new.block.is_empty() || new.blocks == 0 {
            return Err(Refusal::ListFaulty(
                "a block has no arm, or there is no block",
            ));
        }
        let mut arms = Vec::with_capacity(length.min(MOST));
        if length > MOST {
            return Err(Refusal::ListFaulty("it is too long"));
        }
        for _ in 0..new.blocks {
            let mut block = new.block.clone();
            shuffle(&mut block);
            arms.extend(block);
        }
        let mut numbers: Vec<usize> = (1..=length).collect();
        shuffle(&mut numbers);
        let kits = numbers
            .iter()
            .map(|number| format!("{}{number:06}", new.kit_prefix));
        let random = || B256::new(crate::random::random());
        let kept = Self {
            stratum: new.stratum.clone(),
            salt: random(),
            secret: random(),
            block_length: new.block.len() as u32,
            kits: kits.collect(),
            salts: (0..length).map(|_| random()).collect(),
            arms,
        };
        kept.check()?;
        Ok(kept)
    }

    fn check(&self) -> Result<(), Refusal> {
        let labels = self.arms.iter().chain(&self.kits);
        if labels.map(String::len).any(|length| length > MAX_LABEL) {
            return Err(Refusal::ListFaulty("an arm or a kit has a name too long"));
        }
        match sealed::length(&self.base()) * self.arms.len() > sealed::MOST_BYTES {
            true => Err(Refusal::ListFaulty("it is too long")),
            false => Ok(()),
        }
    }

    pub(super) fn stratum_word(&self) -> B256 {
        stratum_word(&self.salt, &self.stratum)
    }

    pub(super) fn length(&self) -> u32 {
        self.arms.len() as u32
    }

    pub(in crate::trials) fn base(&self) -> Vec<BaseEntry> {
        let stratum = self.stratum_word();
        let entries = self.arms.iter().zip(&self.kits).zip(&self.salts);
        let entry = |(index, ((arm, kit), salt)): (u32, ((&String, &String), &B256))| BaseEntry {
            index,
            stratum,
            block: index / self.block_length.max(1),
            arm: arm.clone(),
            kit: kit.clone(),
            salt: *salt,
        };
        (0..).zip(entries).map(entry).collect()
    }

    /// The base entries in the order in which they are allocated.
    pub(super) fn ordered(&self, prevrandao: &B256) -> Vec<BaseEntry> {
        let seed = seed(&self.secret, prevrandao);
        let stratum = self.stratum_word();
        let order = order(self.length(), self.block_length, (&seed, &stratum));
        let base = self.base();
        let entries = order.iter().map(|index| base[*index as usize].clone());
        entries.collect()
    }
}

/// Fisher-Yates with the system's randomness.
fn shuffle<T>(list: &mut [T]) {
    for place in (1..list.len()).rev() {
        list.swap(
            place,
            rand::RngExt::random_range(&mut rand::rng(), 0..=place),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> NewList {
        NewList {
            stratum: "all".to_owned(),
            block: ["A", "A", "B", "C"].map(str::to_owned).to_vec(),
            blocks: 25,
            kit_prefix: "K".to_owned(),
            delay: 8,
        }
    }

    #[test]
    fn each_block_has_each_arm_as_often_as_it_was_given_and_each_kit_is_there_once() {
        let kept = Kept::make(&new()).unwrap();
        for block in kept.arms.chunks(4) {
            let mut block = block.to_vec();
            block.sort();
            assert_eq!(block, new().block);
        }
        let kits: std::collections::BTreeSet<_> = kept.kits.iter().collect();
        assert_eq!((kits.len(), kept.base().len()), (100, 100));
        assert_eq!(kept.base()[7].block, 1);
    }

    #[test]
    fn the_order_takes_each_entry_once_and_whole_blocks() {
        let kept = Kept::make(&new()).unwrap();
        let ordered = kept.ordered(&B256::repeat_byte(7));
        let indices: std::collections::BTreeSet<_> =
            ordered.iter().map(|entry| entry.index).collect();
        assert_eq!(indices.len(), 100);
        let is_one_block =
            |block: &[BaseEntry]| block.iter().all(|one| one.block == block[0].block);
        assert!(ordered.chunks(4).all(is_one_block));
        assert_ne!(ordered, kept.ordered(&B256::repeat_byte(8)));
    }

    #[test]
    fn a_list_without_blocks_with_long_names_or_too_long_is_refused() {
        let faulty = [
            NewList { blocks: 0, ..new() },
            NewList {
                blocks: u32::MAX,
                ..new()
            },
            NewList {
                kit_prefix: "K".repeat(300),
                ..new()
            },
        ];
        for new in faulty {
            assert!(matches!(Kept::make(&new), Err(Refusal::ListFaulty(_))));
        }
    }
}
