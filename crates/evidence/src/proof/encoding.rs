//! The serialised form of a proof: one RLP list of strings.

use super::{OperationProof, StateProof};
use crate::{
    rlp::{DecodeFailure, ListReader},
    state::StateKey,
};
use alloy_primitives::B256;
use alloy_rlp::{Encodable, Header};

/// Longest value or commit metadata in a proof, in bytes; contract code has at most 24,576.
pub const MAX_VALUE: usize = 32 * 1024;
/// Longest encoding of a proof, in bytes.
pub const MAX_ENCODED: usize = 40 * 1024;

const MAX_DIGESTS: usize = 124;
const PRESENT: u64 = 1;
const BETWEEN: u64 = 2;
const EMPTY: u64 = 3;
const EMPTY_WITH_METADATA: u64 = 4;

impl StateProof {
    /// The RLP list `[kind, location, chunk, leaves, inactivePeaks, partialChunk, opsRoot, digests, key, value, nextKey]`.
    pub fn encode(&self) -> Vec<u8> {
        let none: &[u8] = &[];
        let (kind, key, value, next_key) = match self {
            Self::Present {
                value, next_key, ..
            } => (PRESENT, none, &value[..], &next_key.0[..]),
            Self::Between {
                key,
                value,
                next_key,
                ..
            } => (BETWEEN, &key.0[..], &value[..], &next_key.0[..]),
            Self::Empty { metadata: None, .. } => (EMPTY, none, none, none),
            Self::Empty {
                metadata: Some(metadata),
                ..
            } => (EMPTY_WITH_METADATA, none, &metadata[..], none),
        };
        let operation = self.operation();
        let partial = operation
            .partial_chunk
            .as_ref()
            .map_or(none, |digest| digest.as_slice());
        let digests = operation.digests.concat();
        let fields: [&dyn Encodable; 11] = [
            &kind,
            &operation.location,
            &operation.chunk,
            &operation.leaves,
            &operation.inactive_peaks,
            &partial,
            &operation.ops_root,
            &digests.as_slice(),
            &key,
            &value,
            &next_key,
        ];
        let payload_length = fields.iter().map(|field| field.length()).sum();
        let mut out = Vec::with_capacity(payload_length + 4);
        Header {
            list: true,
            payload_length,
        }
        .encode(&mut out);
        fields.iter().for_each(|field| field.encode(&mut out));
        out
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not exactly that encoding, or beyond the limits.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeFailure> {
        let mut list = ListReader::open("proof", bytes, MAX_ENCODED)?;
        let kind: u64 = list.number("kind")?;
        let operation = decode_operation(&mut list)?;
        let key = list.string("key")?;
        let value = decode_value(&mut list)?;
        let next_key = list.string("nextKey")?;
        let failure = |field, length: usize| {
            list.failure(
                field,
                format!("got {length} bytes for a proof of kind {kind}"),
            )
        };
        let state_key = |bytes: &[u8]| bytes.try_into().ok().map(StateKey);
        let key = match (kind, state_key(key)) {
            (BETWEEN, Some(key)) => key,
            (PRESENT | EMPTY | EMPTY_WITH_METADATA, _) if key.is_empty() => StateKey([0; 32]),
            _ => return Err(failure("key", key.len())),
        };
        let next_key = match (kind, state_key(next_key)) {
            (PRESENT | BETWEEN, Some(next_key)) => next_key,
            (EMPTY | EMPTY_WITH_METADATA, _) if next_key.is_empty() => StateKey([0; 32]),
            _ => return Err(failure("nextKey", next_key.len())),
        };
        let proof = match kind {
            PRESENT => Self::Present {
                value,
                next_key,
                operation,
            },
            BETWEEN => Self::Between {
                key,
                value,
                next_key,
                operation,
            },
            EMPTY if value.is_empty() => Self::Empty {
                metadata: None,
                operation,
            },
            EMPTY_WITH_METADATA => Self::Empty {
                metadata: Some(value),
                operation,
            },
            _ => return Err(failure("value", value.len())),
        };
        list.close()?;
        Ok(proof)
    }
}

fn decode_operation(list: &mut ListReader<'_>) -> Result<OperationProof, DecodeFailure> {
    Ok(OperationProof {
        location: list.number("location")?,
        chunk: list.fixed::<32>("chunk")?.0,
        leaves: list.number("leaves")?,
        inactive_peaks: list.number("inactivePeaks")?,
        partial_chunk: decode_partial_chunk(list)?,
        ops_root: list.fixed("opsRoot")?,
        digests: decode_digests(list)?,
    })
}

fn decode_partial_chunk(list: &mut ListReader<'_>) -> Result<Option<B256>, DecodeFailure> {
    match list.string("partialChunk")? {
        [] => Ok(None),
        bytes => B256::try_from(bytes).map(Some).map_err(|_| {
            let reason = format!("got {} bytes, expected 32 or none", bytes.len());
            list.failure("partialChunk", reason)
        }),
    }
}

fn decode_digests(list: &mut ListReader<'_>) -> Result<Vec<B256>, DecodeFailure> {
    let bytes = list.string("digests")?;
    if bytes.len() % 32 != 0 || bytes.len() > MAX_DIGESTS * 32 {
        let reason = format!(
            "got {} bytes, expected at most {MAX_DIGESTS} times 32",
            bytes.len()
        );
        return Err(list.failure("digests", reason));
    }
    Ok(bytes.chunks(32).map(B256::from_slice).collect())
}

fn decode_value(list: &mut ListReader<'_>) -> Result<Vec<u8>, DecodeFailure> {
    let bytes = list.string("value")?;
    if bytes.len() > MAX_VALUE {
        let reason = format!("got {} bytes, expected at most {MAX_VALUE}", bytes.len());
        return Err(list.failure("value", reason));
    }
    Ok(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(partial_chunk: Option<B256>) -> OperationProof {
        OperationProof {
            location: 300,
            chunk: [7; 32],
            leaves: 1000,
            inactive_peaks: 1,
            digests: vec![B256::repeat_byte(1), B256::repeat_byte(2)],
            partial_chunk,
            ops_root: B256::repeat_byte(3),
        }
    }

    fn proofs() -> Vec<StateProof> {
        let (key, next_key) = (StateKey([8; 32]), StateKey([9; 32]));
        let operation = || operation(Some(B256::repeat_byte(4)));
        vec![
            StateProof::Present {
                value: vec![1],
                next_key,
                operation: operation(),
            },
            StateProof::Between {
                key,
                value: vec![],
                next_key,
                operation: operation(),
            },
            StateProof::Empty {
                metadata: None,
                operation: self::operation(None),
            },
            StateProof::Empty {
                metadata: Some(vec![]),
                operation: operation(),
            },
            StateProof::Empty {
                metadata: Some(vec![5; 100]),
                operation: operation(),
            },
        ]
    }

    #[test]
    fn proof_survives_its_encoding() {
        for proof in proofs() {
            assert_eq!(StateProof::decode(&proof.encode()), Ok(proof));
        }
    }

    #[test]
    fn proof_has_one_encoding_only() {
        for proof in proofs() {
            let bytes = proof.encode();
            for length in 0..bytes.len() {
                assert!(StateProof::decode(&bytes[..length]).is_err());
            }
            for bit in 0..bytes.len() * 8 {
                let mut other = bytes.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                if let Ok(decoded) = StateProof::decode(&other) {
                    assert_eq!(decoded.encode(), other);
                }
            }
        }
    }
}
