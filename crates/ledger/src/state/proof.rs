//! Proofs of the database in the form in which evidence carries them.

use super::{
    database::{CHUNK_BYTES, StateDatabase, key_of, root_of},
    value::Value,
};
use alloy_primitives::B256;
use commonware_cryptography::sha256::Digest;
use commonware_runtime::{Clock, Metrics, Spawner, Storage};
use commonware_storage::{
    mmr,
    qmdb::{
        any::ordered::Update,
        any::value::VariableEncoding,
        current::{
            ordered::proof::constant::ExclusionProof,
            proof::constant::OperationProof as EngineProof,
        },
    },
};
use theriac_evidence::{
    proof::{OperationProof, StateProof},
    state::StateKey,
};
use thiserror::Error;

/// What the state says of a key, with its proof.
#[derive(Debug, Clone)]
pub struct StateAnswer {
    /// The key.
    pub key: StateKey,
    /// Its value; `None` when it has none.
    pub value: Option<Vec<u8>>,
    /// Proof of either.
    pub proof: StateProof,
}

/// The database failed while proving.
#[derive(Debug, Error)]
#[error("the state database cannot prove the key")]
pub struct ProofFailure;

/// Proves that `key` has its value, or has none, under the database's root.
///
/// # Errors
/// [`ProofFailure`] when the database cannot be read.
pub async fn prove<E: Spawner + Storage + Clock + Metrics>(
    database: &StateDatabase<E>,
    key: &StateKey,
) -> Result<StateAnswer, ProofFailure> {
    let at = key_of(key);
    let value = database
        .get(&at)
        .await
        .map_err(|_| ProofFailure)?
        .map(|value| value.0);
    let proof = match &value {
        Some(value) => {
            let proof = database
                .key_value_proof(at)
                .await
                .map_err(|_| ProofFailure)?;
            StateProof::Present {
                value: value.clone(),
                next_key: state_key(&proof.next_key),
                operation: operation(proof.proof),
            }
        }
        None => absent(
            database
                .exclusion_proof(&at)
                .await
                .map_err(|_| ProofFailure)?,
        ),
    };
    Ok(StateAnswer {
        key: *key,
        value,
        proof,
    })
}

type Exclusion = ExclusionProof<mmr::Family, Digest, VariableEncoding<Value>, Digest, CHUNK_BYTES>;

fn absent(proof: Exclusion) -> StateProof {
    match proof {
        ExclusionProof::KeyValue(
            proof,
            Update {
                key,
                value,
                next_key,
            },
        ) => StateProof::Between {
            key: state_key(&key),
            value: value.0,
            next_key: state_key(&next_key),
            operation: operation(proof),
        },
        ExclusionProof::Commit(proof, metadata) => StateProof::Empty {
            metadata: metadata.map(|value| value.0),
            operation: operation(proof),
        },
    }
}

fn operation(proof: EngineProof<mmr::Family, Digest, CHUNK_BYTES>) -> OperationProof {
    let range = proof.range_proof;
    OperationProof {
        location: *proof.loc,
        chunk: proof.chunk,
        leaves: *range.proof.leaves,
        inactive_peaks: range.proof.inactive_peaks as u64,
        digests: range.proof.digests.iter().map(root_of).collect(),
        partial_chunk: range.partial_chunk_digest.as_ref().map(root_of),
        ops_root: root_of(&range.ops_root),
    }
}

fn state_key(key: &Digest) -> StateKey {
    StateKey(B256::from_slice(key.as_ref()).0)
}
