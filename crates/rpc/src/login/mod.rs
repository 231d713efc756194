//! Logging in: a challenge in the form of EIP-4361, answered by a signature, gives a short-lived token.

mod challenge;
mod date;
mod sessions;
mod signature;

pub(crate) use challenge::Challenges;
pub(crate) use sessions::{Sessions, TokenId};
pub(crate) use signature::is_signed_by;
