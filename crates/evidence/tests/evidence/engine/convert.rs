//! The engine's proofs in our form and back.

use super::database::{Digest, Family, Value};
use alloy_primitives::B256;
use commonware_storage::{
    merkle::{Location, Proof},
    qmdb::{
        any::{ordered::Update, value::VariableEncoding},
        current::{
            ordered::proof::constant::{ExclusionProof, KeyValueProof},
            proof::{RangeProof, constant},
        },
    },
};
use theriac_evidence::{
    proof::{OperationProof, StateProof},
    state::StateKey,
};

pub type Inclusion = KeyValueProof<Family, Digest, Digest, 32>;
pub type Exclusion = ExclusionProof<Family, Digest, VariableEncoding<Value>, Digest, 32>;

pub fn hash(digest: &Digest) -> B256 {
    B256::from_slice(digest)
}

pub fn digest(hash: &B256) -> Digest {
    Digest::from(hash.0)
}

pub fn state_key(digest: &Digest) -> StateKey {
    StateKey(hash(digest).0)
}

pub fn operation(proof: &constant::OperationProof<Family, Digest, 32>) -> OperationProof {
    let range = &proof.range_proof;
    OperationProof {
        location: *proof.loc,
        chunk: proof.chunk,
        leaves: *range.proof.leaves,
        inactive_peaks: range.proof.inactive_peaks as u64,
        digests: range.proof.digests.iter().map(hash).collect(),
        partial_chunk: range.partial_chunk_digest.as_ref().map(hash),
        ops_root: hash(&range.ops_root),
    }
}

pub fn inclusion(proof: &Inclusion, value: Value) -> StateProof {
    StateProof::Present {
        value,
        next_key: state_key(&proof.next_key),
        operation: operation(&proof.proof),
    }
}

pub fn exclusion(proof: &Exclusion) -> StateProof {
    match proof {
        Exclusion::KeyValue(proof, update) => StateProof::Between {
            key: state_key(&update.key),
            value: update.value.clone(),
            next_key: state_key(&update.next_key),
            operation: operation(proof),
        },
        Exclusion::Commit(proof, metadata) => StateProof::Empty {
            metadata: metadata.clone(),
            operation: operation(proof),
        },
    }
}

fn engine_operation(proof: &OperationProof) -> constant::OperationProof<Family, Digest, 32> {
    constant::OperationProof {
        loc: Location::new(proof.location),
        chunk: proof.chunk,
        range_proof: RangeProof {
            proof: Proof {
                leaves: Location::new(proof.leaves),
                inactive_peaks: proof.inactive_peaks as usize,
                digests: proof.digests.iter().map(digest).collect(),
            },
            pending_chunk_digest: Default::default(),
            partial_chunk_digest: proof.partial_chunk.as_ref().map(digest),
            ops_root: digest(&proof.ops_root),
        },
    }
}

/// What the engine says about a proof in our form: a value, absence, or a refusal.
pub fn engine_verdict(proof: &StateProof, key: &StateKey, root: &B256) -> Option<Option<Value>> {
    type Encoding = VariableEncoding<Value>;
    let (at, root) = (Digest::from(key.0), digest(root));
    let engine = engine_operation(proof.operation());
    match proof {
        StateProof::Present {
            value, next_key, ..
        } => {
            let proof = Inclusion {
                proof: engine,
                next_key: Digest::from(next_key.0),
            };
            let holds =
                proof.verify::<commonware_cryptography::Sha256, Encoding>(at, value.clone(), &root);
            holds.then(|| Some(value.clone()))
        }
        StateProof::Between {
            key,
            value,
            next_key,
            ..
        } => {
            let update = Update {
                key: Digest::from(key.0),
                value: value.clone(),
                next_key: Digest::from(next_key.0),
            };
            let proof = Exclusion::KeyValue(engine, update);
            proof
                .verify::<commonware_cryptography::Sha256>(&at, &root)
                .then_some(None)
        }
        StateProof::Empty { metadata, .. } => {
            let proof = Exclusion::Commit(engine, metadata.clone());
            proof
                .verify::<commonware_cryptography::Sha256>(&at, &root)
                .then_some(None)
        }
    }
}
