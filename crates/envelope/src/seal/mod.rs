//! Seals: a record secret encrypted to the network's group key, opened by the partial signatures of q = n - f keepers.
//!
//! ```text
//! author:  seal(secret, group key, seal id) ------------------------------> Sealed, a blob of the vault
//! keeper:  partial signatures over seal ids, PartialsMessage::new(..) ----> to the requester's one-time key
//! reader:  Combination: add messages of one epoch, open: combine, decrypt; only where that fails verify one by one
//! ```
//!
//! BLS12-381 with keys in G2 and signatures in G1. Whoever has the group's signature over a seal id in the seal namespace
//! opens what was sealed to it, so that signature is made for nothing else. Bytes: `docs/protocol/seal.md`.

mod combination;
mod committee;
mod context;
mod failure;
mod message;
mod partial;
mod sealed;

pub use combination::{Combination, MAX_SEALS};
pub use committee::{Committee, GroupKey, MAX_KEEPERS, quorum};
pub use context::{SealContext, namespace, seals_root};
pub use failure::{BadKeeper, Fault, OpenError, SealError};
pub use message::{PartialsContext, PartialsMessage};
pub use partial::{PARTIAL_BYTES, Partial};
pub use sealed::{SEALED_BYTES, Sealed, seal};
