//! The keyed trie of units: a root fixes at most one value for each unit. `docs/protocol/packs.md`, section 3.

use std::ops::Range;

use alloy_primitives::{B256, keccak256};

/// Units that one trie may hold.
pub const UNIT_LIMIT: usize = 1_000_000;
/// Most siblings of a proof: units that share more bits than this cannot stand in one trie.
pub const DEPTH_LIMIT: usize = 64;

/// Units, each with its value. A unit's path is its bits from the highest; its leaf stands where the path is first its own.
#[derive(Clone, Debug)]
pub struct Trie {
    leaves: Vec<(B256, B256)>,
    inner: Vec<Inner>,
    top: Child,
}

#[derive(Clone, Copy, Debug)]
struct Inner {
    hash: B256,
    sides: [Child; 2],
}

/// What stands on a side of an inner node.
#[derive(Clone, Copy, Debug)]
enum Child {
    Empty,
    Leaf(u32),
    Inner(u32),
}

/// Why units make no trie, or siblings no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrieError {
    /// More units than a trie may hold.
    #[error("got {0} units, expected at most 1000000")]
    TooManyUnits(usize),
    /// A unit is listed twice.
    #[error("the unit {0} is listed twice")]
    UnitTwice(B256),
    /// Two units share too many bits, or a proof has too many siblings.
    #[error("got a depth above 64")]
    TooDeep,
    /// What is shown to stand in the place of a unit does not stand on its path, or is the unit.
    #[error("what is shown is not in the place of the unit")]
    Misplaced,
}

/// That a unit is not in a trie: its path ends at nothing, or at the leaf of another unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The other unit and its value.
    pub other: Option<(B256, B256)>,
    /// Siblings from the end of the path to the root.
    pub siblings: Vec<B256>,
}

impl Trie {
    /// The trie of units with the value zero: a lot or a container.
    ///
    /// # Errors
    /// As [`Trie::mapping`].
    pub fn of(units: &[B256]) -> Result<Self, TrieError> {
        Self::mapping(units.iter().map(|unit| (*unit, B256::ZERO)).collect())
    }

    /// The trie of units with these values, in any order: a hand-over.
    ///
    /// # Errors
    /// In this order: [`TrieError::TooManyUnits`], [`TrieError::UnitTwice`], [`TrieError::TooDeep`].
    pub fn mapping(mut leaves: Vec<(B256, B256)>) -> Result<Self, TrieError> {
        if leaves.len() > UNIT_LIMIT {
            return Err(TrieError::TooManyUnits(leaves.len()));
        }
        leaves.sort_unstable();
        if let Some(pair) = leaves.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(TrieError::UnitTwice(pair[0].0));
        }
        let mut trie = Self {
            inner: Vec::with_capacity(leaves.len() + leaves.len() / 2),
            leaves,
            top: Child::Empty,
        };
        trie.top = trie.grow(0..trie.leaves.len(), 0)?;
        Ok(trie)
    }

    /// Makes the node over leaves that share their first `depth` bits; it calls itself at most [`DEPTH_LIMIT`] times deep.
    fn grow(&mut self, range: Range<usize>, depth: usize) -> Result<Child, TrieError> {
        match range.len() {
            0 => return Ok(Child::Empty),
            1 => return Ok(Child::Leaf(range.start as u32)),
            _ if depth == DEPTH_LIMIT => return Err(TrieError::TooDeep),
            _ => {}
        }
        let zeros = self.leaves[range.clone()].partition_point(|(unit, _)| !bit(unit, depth));
        let middle = range.start + zeros;
        let sides = [
            self.grow(range.start..middle, depth + 1)?,
            self.grow(middle..range.end, depth + 1)?,
        ];
        let hash = inner_hash(self.hash(sides[0]), self.hash(sides[1]));
        self.inner.push(Inner { hash, sides });
        Ok(Child::Inner(self.inner.len() as u32 - 1))
    }

    fn hash(&self, child: Child) -> B256 {
        match child {
            Child::Empty => B256::ZERO,
            Child::Leaf(index) => {
                let (unit, value) = self.leaves[index as usize];
                leaf_hash(unit, value)
            }
            Child::Inner(index) => self.inner[index as usize].hash,
        }
    }

    /// The root; zero of no units.
    pub fn root(&self) -> B256 {
        self.hash(self.top)
    }

    /// The units in ascending order, with their values.
    pub fn leaves(&self) -> &[(B256, B256)] {
        &self.leaves
    }

    /// The value of a unit that is in the trie, with the siblings that prove it, from the leaf's level to the root.
    pub fn inclusion(&self, unit: B256) -> Option<(B256, Vec<B256>)> {
        let (end, siblings) = self.descend(unit);
        let (found, value) = end?;
        (found == unit).then_some((value, siblings))
    }

    /// The proof that a unit is not in the trie.
    pub fn absence(&self, unit: B256) -> Option<Absence> {
        let (other, siblings) = self.descend(unit);
        let absent = other.is_none_or(|(found, _)| found != unit);
        absent.then_some(Absence { other, siblings })
    }

    /// The leaf at which the path of a unit ends, and the siblings up to the root.
    fn descend(&self, unit: B256) -> (Option<(B256, B256)>, Vec<B256>) {
        let (mut child, mut siblings) = (self.top, Vec::new());
        while let Child::Inner(index) = child {
            let side = usize::from(bit(&unit, siblings.len()));
            let sides = self.inner[index as usize].sides;
            siblings.push(self.hash(sides[1 - side]));
            child = sides[side];
        }
        siblings.reverse();
        let leaf = match child {
            Child::Empty | Child::Inner(_) => None,
            Child::Leaf(index) => Some(self.leaves[index as usize]),
        };
        (leaf, siblings)
    }
}

impl Absence {
    /// The root of the tries that this shows not to hold the unit.
    ///
    /// # Errors
    /// In this order: [`TrieError::TooDeep`], [`TrieError::Misplaced`].
    pub fn root(&self, unit: B256) -> Result<B256, TrieError> {
        let depth = self.siblings.len();
        if depth > DEPTH_LIMIT {
            return Err(TrieError::TooDeep);
        }
        let end = match self.other {
            None => B256::ZERO,
            Some((other, value)) => {
                let shares = (0..depth).all(|at| bit(&other, at) == bit(&unit, at));
                if other == unit || !shares {
                    return Err(TrieError::Misplaced);
                }
                leaf_hash(other, value)
            }
        };
        Ok(ascend(unit, end, &self.siblings))
    }
}

/// The root of the tries in which the siblings show the unit to have this value.
///
/// # Errors
/// [`TrieError::TooDeep`].
pub fn root_of(unit: B256, value: B256, siblings: &[B256]) -> Result<B256, TrieError> {
    if siblings.len() > DEPTH_LIMIT {
        return Err(TrieError::TooDeep);
    }
    Ok(ascend(unit, leaf_hash(unit, value), siblings))
}

fn ascend(unit: B256, end: B256, siblings: &[B256]) -> B256 {
    let depths = (0..siblings.len()).rev();
    siblings
        .iter()
        .zip(depths)
        .fold(end, |hash, (sibling, depth)| match bit(&unit, depth) {
            false => inner_hash(hash, *sibling),
            true => inner_hash(*sibling, hash),
        })
}

/// keccak256(00 || unit || value).
pub fn leaf_hash(unit: B256, value: B256) -> B256 {
    node_hash(0, unit, value)
}

/// keccak256(01 || left || right).
pub fn inner_hash(left: B256, right: B256) -> B256 {
    node_hash(1, left, right)
}

fn node_hash(kind: u8, one: B256, next: B256) -> B256 {
    let mut bytes = [kind; 65];
    bytes[1..33].copy_from_slice(one.as_slice());
    bytes[33..].copy_from_slice(next.as_slice());
    keccak256(bytes)
}

fn bit(unit: &B256, depth: usize) -> bool {
    unit[depth / 8] >> (7 - depth % 8) & 1 == 1
}

#[cfg(test)]
mod tests;
