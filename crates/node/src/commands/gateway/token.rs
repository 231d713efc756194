//! Tokens of partners: shown once, kept as their hash.

use alloy_primitives::hex;
use theriac_gateway::TokenHash;

/// A fresh token of 256 bits, and its SHA-256 in hexadecimal.
pub(super) fn fresh() -> (String, String) {
    let bytes: [u8; 32] = rand::random();
    let token = format!("theriac-{}", hex::encode(bytes));
    let hash = hex::encode(TokenHash::of(&token).0);
    (token, hash)
}

/// The hash that a configuration names.
pub(super) fn hash(text: &str) -> Option<TokenHash> {
    let bytes = hex::decode(text).ok()?;
    Some(TokenHash(bytes.try_into().ok()?))
}
