//! The people of the test world and their keys.

use std::sync::OnceLock;

use alloy_primitives::{Address, B256, Bytes, keccak256};
use secp256k1::{
    Message, PublicKey, SECP256K1, SecretKey,
    ecdsa::{RecoverableSignature, RecoveryId},
};

/// Someone with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Who {
    /// Admin account of organisation 1.
    Hospital = 1,
    /// Admin account of organisation 2.
    Clinic = 2,
    /// Admin account of organisation 3.
    Insurer = 3,
    /// Controls the chart.
    Patient = 4,
    /// Controls the other chart.
    OtherPatient = 5,
    /// Physician of the hospital.
    Author = 6,
    /// Administrator of the hospital.
    Administrator = 7,
    /// Physician of the clinic.
    Physician = 8,
    /// Nurse of the clinic.
    Nurse = 9,
    /// Agent of the insurer.
    Agent = 10,
    /// Nobody enrolled them.
    Stranger = 11,
    /// A contract wallet, enrolled as a patient of the hospital.
    Wallet = 12,
    /// Privacy officer of the clinic.
    Officer = 13,
    /// A fresh key, enrolled nowhere.
    Successor = 14,
    /// Another fresh key, enrolled nowhere.
    OtherSuccessor = 15,
    /// Admin account of a manufacturer.
    Maker = 16,
    /// Admin account of another manufacturer.
    OtherMaker = 17,
    /// Admin account of a wholesaler.
    Wholesaler = 18,
    /// Admin account of a pharmacy.
    Pharmacy = 19,
    /// Admin account of another pharmacy.
    OtherPharmacy = 20,
    /// Admin account of a regulator.
    Regulator = 21,
    /// Pharmacist of the pharmacy.
    Pharmacist = 22,
    /// Another pharmacist of the pharmacy.
    SecondPharmacist = 23,
    /// Pharmacist of the other pharmacy.
    OtherPharmacist = 24,
    /// Gateway of the pharmacy.
    Gateway = 25,
    /// Administrator of the pharmacy.
    Manager = 26,
}

/// A key that is used once, by a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OneTime(pub(crate) u64);

impl OneTime {
    fn key(self) -> SecretKey {
        let secret = keccak256(self.0.to_be_bytes());
        SecretKey::from_byte_array(secret.0).expect("a hash is a key")
    }

    pub(crate) fn address(self) -> Address {
        address_of(&self.key().public_key(SECP256K1))
    }

    /// Signs a digest: r || s || v with v 27 or 28.
    pub(crate) fn sign(self, digest: B256) -> Bytes {
        sign(&self.key(), digest)
    }
}

impl Who {
    fn key(self) -> SecretKey {
        SecretKey::from_byte_array([self as u8; 32]).expect("a small number is a key")
    }

    pub(crate) fn address(self) -> Address {
        static KNOWN: [OnceLock<Address>; 27] = [const { OnceLock::new() }; 27];
        *KNOWN[self as usize].get_or_init(|| address_of(&self.key().public_key(SECP256K1)))
    }

    /// Signs a digest: r || s || v with v 27 or 28.
    pub(crate) fn sign(self, digest: B256) -> Bytes {
        sign(&self.key(), digest)
    }
}

fn sign(key: &SecretKey, digest: B256) -> Bytes {
    let message = Message::from_digest(digest.0);
    let signature = SECP256K1.sign_ecdsa_recoverable(message, key);
    let (id, bytes) = signature.serialize_compact();
    let mut signature = bytes.to_vec();
    signature.push(27 + i32::from(id) as u8);
    signature.into()
}

/// Genuine recovery for the host in memory, low s only.
pub(crate) fn recover(digest: B256, signature: &[u8]) -> Option<Address> {
    let (v, bytes) = signature.split_last()?;
    let id = RecoveryId::try_from(i32::from(if *v >= 27 { v - 27 } else { *v })).ok()?;
    let signature = RecoverableSignature::from_compact(bytes, id).ok()?;
    let mut standard = signature.to_standard();
    standard.normalize_s();
    if standard != signature.to_standard() {
        return None;
    }
    let message = Message::from_digest(digest.0);
    SECP256K1
        .recover_ecdsa(message, &signature)
        .ok()
        .map(|key| address_of(&key))
}

fn address_of(key: &PublicKey) -> Address {
    Address::from_slice(&keccak256(&key.serialize_uncompressed()[1..])[12..])
}
