//! A secp256k1 key in memory and the signatures that it makes.

use alloy_primitives::{Address, B256, Signature, eip191_hash_message, keccak256};
use alloy_sol_types::{Eip712Domain, SolStruct};
use secp256k1::{Message, PublicKey, SECP256K1, SecretKey};
use std::fmt;
use zeroize::Zeroizing;

/// An unlocked account. The key is erased from memory when the value is dropped; `Debug` shows the address only.
pub struct Account {
    key: SecretKey,
    address: Address,
}

impl Account {
    /// Makes a new account from the system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        loop {
            let mut bytes = Zeroizing::new([0_u8; 32]);
            rand::Rng::fill_bytes(&mut rand::rng(), bytes.as_mut());
            if let Some(account) = Self::from_bytes(&bytes) {
                return account;
            }
        }
    }

    /// Takes the 32 bytes of a private key; `None` where they are not one (zero, or not below the curve's order).
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let key = SecretKey::from_byte_array(*bytes).ok()?;
        let public = PublicKey::from_secret_key(SECP256K1, &key).serialize_uncompressed();
        let address = Address::from_slice(&keccak256(&public[1..])[12..]);
        Some(Self { key, address })
    }

    /// The Ethereum address.
    #[must_use]
    pub fn address(&self) -> Address {
        self.address
    }

    /// Signs a 32-byte digest; `s` is always in the lower half of the order (EIP-2).
    #[must_use]
    pub fn sign_digest(&self, digest: B256) -> Signature {
        let signed = SECP256K1.sign_ecdsa_recoverable(Message::from_digest(digest.0), &self.key);
        let (recovery, compact) = signed.serialize_compact();
        Signature::from_bytes_and_parity(&compact, i32::from(recovery) & 1 == 1)
    }

    /// Signs EIP-712 typed data; 65 bytes `r || s || v` with `v` 27 or 28.
    #[must_use]
    pub fn sign_typed<T: SolStruct>(&self, value: &T, domain: &Eip712Domain) -> [u8; 65] {
        self.sign_digest(value.eip712_signing_hash(domain))
            .as_bytes()
    }

    /// Signs a text message (EIP-191, `personal_sign`); 65 bytes `r || s || v`.
    #[must_use]
    pub fn sign_message(&self, message: &str) -> [u8; 65] {
        self.sign_digest(eip191_hash_message(message.as_bytes()))
            .as_bytes()
    }

    /// The private key's bytes, from which the person's record keys are derived.
    pub(crate) fn secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.secret_bytes())
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        self.key.non_secure_erase();
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Account")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::{address, b256};

    /// The first account of the well-known development mnemonic "test test ... junk".
    fn known() -> Account {
        Account::from_bytes(
            &b256!("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80").0,
        )
        .unwrap()
    }

    #[test]
    fn address_is_that_of_other_wallets() {
        assert_eq!(
            known().address(),
            address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
        );
    }

    #[test]
    fn a_signature_recovers_to_the_signer() {
        let digest = keccak256(b"theriac");
        let signature = known().sign_digest(digest);
        let again = alloy_consensus::crypto::secp256k1::recover_signer(&signature, digest).unwrap();
        assert_eq!(again, known().address());
    }

    #[test]
    fn zero_and_the_order_of_the_curve_are_not_keys() {
        let order = b256!("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        assert!(Account::from_bytes(&[0; 32]).is_none());
        assert!(Account::from_bytes(&order.0).is_none());
    }

    #[test]
    fn debug_does_not_show_the_key() {
        let text = format!("{:?}", known());
        assert!(
            text.contains("0xf39f") && !text.contains("ac0974be"),
            "{text}"
        );
    }
}
