//! Threshold signatures of the members, checked with the network's one group key.
//!
//! BLS12-381, public key in G2, signatures in G1. A signature over `message` in `namespace` is one over
//! `varint(len(namespace)) || namespace || message`, hashed to G1 by RFC 9380, suite `BLS12381G1_XMD:SHA-256_SSWU_RO_`, with the tag
//! [`MESSAGE_TAG`]. Points are in the compressed form of Zcash and must lie in the subgroup; the identity is refused.

mod finalization;
mod group_key;
mod hash_to_curve;
mod namespace;
mod seed;

pub use finalization::Finalization;
pub use group_key::{CertificateFailure, GroupKey, GroupKeyBytes};
pub use hash_to_curve::{MESSAGE_TAG, hash_to_g1};
pub use namespace::{Purpose, base_namespace, namespace};
pub use seed::{prevrandao, verify_seed};
