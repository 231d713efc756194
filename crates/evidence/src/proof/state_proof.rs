//! Proof of the value of a key, or of its absence.

use super::{OperationProof, ProofFailure};
use crate::{state::StateKey, varint};
use alloy_primitives::B256;

const UPDATE: u8 = 0xd2;
const COMMIT: u8 = 0xd3;

/// What the state database says about one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateProof {
    /// The key has this value.
    Present {
        /// The value.
        value: Vec<u8>,
        /// The next active key, the first one after the last.
        next_key: StateKey,
        /// The update that set the value.
        operation: OperationProof,
    },
    /// The key lies between two neighbouring active keys.
    Between {
        /// The active key before it.
        key: StateKey,
        /// The value of that key.
        value: Vec<u8>,
        /// The active key after it.
        next_key: StateKey,
        /// The update that set that value.
        operation: OperationProof,
    },
    /// No key is active at all: the last commit's floor is the commit itself.
    Empty {
        /// What the commit carries.
        metadata: Option<Vec<u8>>,
        /// The commit.
        operation: OperationProof,
    },
}

impl StateProof {
    /// Checks the proof about `key` under `state_root`; returns the value, or `None` where it proves that there is none.
    ///
    /// # Errors
    /// See [`ProofFailure`].
    pub fn verify(&self, key: &StateKey, state_root: &B256) -> Result<Option<&[u8]>, ProofFailure> {
        match self {
            Self::Present {
                value,
                next_key,
                operation,
            } => {
                operation.verify(&update(key, value, next_key), state_root)?;
                Ok(Some(value))
            }
            Self::Between {
                key: after,
                value,
                next_key,
                operation,
            } => {
                if !is_between(key, after, next_key) {
                    let (after, before) = (after.as_b256(), next_key.as_b256());
                    return Err(ProofFailure::OutsideGap { after, before });
                }
                operation.verify(&update(after, value, next_key), state_root)?;
                Ok(None)
            }
            Self::Empty {
                metadata,
                operation,
            } => {
                operation.verify(&commit(metadata.as_deref(), operation.location), state_root)?;
                Ok(None)
            }
        }
    }

    /// The proof of the operation.
    pub fn operation(&self) -> &OperationProof {
        match self {
            Self::Present { operation, .. }
            | Self::Between { operation, .. }
            | Self::Empty { operation, .. } => operation,
        }
    }
}

/// Whether `key` lies strictly between two neighbours on the ring of keys.
fn is_between(key: &StateKey, after: &StateKey, before: &StateKey) -> bool {
    if after < before {
        return after < key && key < before;
    }
    key > after || key < before
}

fn update(key: &StateKey, value: &[u8], next_key: &StateKey) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len() + 70);
    bytes.push(UPDATE);
    bytes.extend_from_slice(&key.0);
    varint::write(value.len() as u64, &mut bytes);
    bytes.extend_from_slice(value);
    bytes.extend_from_slice(&next_key.0);
    bytes
}

fn commit(metadata: Option<&[u8]>, floor: u64) -> Vec<u8> {
    let mut bytes = vec![COMMIT, u8::from(metadata.is_some())];
    if let Some(metadata) = metadata {
        varint::write(metadata.len() as u64, &mut bytes);
        bytes.extend_from_slice(metadata);
    }
    varint::write(floor, &mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> StateKey {
        StateKey([byte; 32])
    }

    #[test]
    fn gap_goes_round_the_end_and_holds_neither_neighbour() {
        for (inside, after, before, expected) in [
            (5, 4, 6, true),
            (4, 4, 6, false),
            (6, 4, 6, false),
            (7, 4, 6, false),
            (7, 6, 4, true),
            (3, 6, 4, true),
            (5, 6, 4, false),
            (6, 6, 4, false),
            (4, 6, 4, false),
            (1, 5, 5, true),
            (9, 5, 5, true),
            (5, 5, 5, false),
        ] {
            assert_eq!(
                is_between(&key(inside), &key(after), &key(before)),
                expected
            );
        }
    }
}
