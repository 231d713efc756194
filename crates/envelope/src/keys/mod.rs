//! A person's keys for receiving wraps, and the one-time keys of requests.

mod private;
mod public;

pub use private::PrivateKey;
pub use public::PublicKey;

use crate::decode::DecodeError;

/// Why a key was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The bytes are not an encoded public key.
    #[error("public key: {0}")]
    Encoding(#[from] DecodeError),
    /// The encoding is right, but the suite refuses the key that it holds.
    #[error("the public key is not valid in its suite: ask its owner for another")]
    Invalid,
}
