//! A receiver's one-time keys, which the sender can name and not use: stealth addresses in the manner of ERC-5564, scheme 1.
//!
//! ```text
//! card      K = k*G
//! sender    draws r;  next = address(K + h*G),  h = keccak256(keccak256("theriac/pack/stealth/v1") || r*K compressed);  sends R = r*G
//! receiver  secret = k + h,  h from k*R
//! ```

use alloy_primitives::{Address, B256, b256, keccak256};
use secp256k1::{PublicKey, SECP256K1, Scalar, SecretKey};
use theriac_sdk::account::Account;
use zeroize::Zeroizing;

use super::BookSecret;

/// keccak256("theriac/pack/stealth/v1").
const DOMAIN: B256 = b256!("6d9bcf4ca196eef2b068d9f461ba0a2332790c74cf597614e3fd9ef96e7517bf");

/// The public key on a partner's card: 33 bytes, compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackKey(PublicKey);

/// A key to which packs are handed over, with what lets its owner find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The key.
    pub next: Address,
    /// R, compressed.
    pub point: [u8; 33],
}

/// Why bytes are no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a secp256k1 public key of 33 bytes, compressed")]
pub struct PackKeyError;

impl PackKey {
    /// The public half of a book's receiving key.
    pub fn of(secret: &BookSecret) -> Self {
        Self(secret.receiving().public_key(SECP256K1))
    }

    /// Reads 33 bytes.
    ///
    /// # Errors
    /// [`PackKeyError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, PackKeyError> {
        match bytes.len() {
            33 => PublicKey::from_slice(bytes)
                .map(Self)
                .map_err(|_| PackKeyError),
            _ => Err(PackKeyError),
        }
    }

    /// Its 33 bytes.
    pub fn encode(&self) -> [u8; 33] {
        self.0.serialize()
    }
}

/// A fresh key of the receiver's, from 32 random bytes; `None` where they are no key, which is not to be expected.
pub fn hand_over_to(receiver: &PackKey, random: [u8; 32]) -> Option<Announced> {
    let random = Zeroizing::new(random);
    let once = SecretKey::from_byte_array(*random).ok()?;
    let shared = receiver.0.mul_tweak(SECP256K1, &once.into()).ok()?;
    let next = receiver.0.add_exp_tweak(SECP256K1, &tweak(&shared)?).ok()?;
    Some(Announced {
        next: address(&next),
        point: once.public_key(SECP256K1).serialize(),
    })
}

/// The key that was announced by this point, if it is the receiver's.
pub fn received(secret: &BookSecret, announced: &Announced) -> Option<Account> {
    let own = secret.receiving();
    let point = PublicKey::from_slice(&announced.point).ok()?;
    let shared = point.mul_tweak(SECP256K1, &own.into()).ok()?;
    let key = own.add_tweak(&tweak(&shared)?).ok()?;
    let key = Account::from_bytes(&Zeroizing::new(key.secret_bytes()))?;
    (key.address() == announced.next).then_some(key)
}

fn tweak(shared: &PublicKey) -> Option<Scalar> {
    let hash = keccak256([DOMAIN.as_slice(), &shared.serialize()].concat());
    Scalar::from_be_bytes(hash.0).ok()
}

fn address(key: &PublicKey) -> Address {
    Address::from_slice(&keccak256(&key.serialize_uncompressed()[1..])[12..])
}

#[cfg(test)]
mod tests;
