//! Proofs that a key of the state database has a value, or has none, under the state root of a header.
//!
//! The database (`commonware_storage` 2026.10.0, `qmdb::current::ordered::variable`, SHA-256, 32-byte chunks) is a log of operations
//! under a Merkle mountain range, with one bit for each operation that says whether it is active. An active update
//! names its key, its value and the next active key, so that one proof shows either the value or the gap in which a key would lie.

mod encoding;
mod mountains;
mod operation;
mod path;
mod state_proof;

pub use encoding::{MAX_ENCODED, MAX_VALUE};
pub use operation::{MAX_LEAVES, OperationProof, ProofFailure};
pub use state_proof::StateProof;
