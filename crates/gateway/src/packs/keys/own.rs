//! Keys of a partner's own, all derived from the secret of the book.

use alloy_primitives::B256;
use hkdf::Hkdf;
use secp256k1::SecretKey;
use sha2::Sha256;
use theriac_sdk::account::Account;
use zeroize::Zeroizing;

const ONE_TIME: &[u8] = b"theriac/pack/key/v1";
const RECEIVING: &[u8] = b"theriac/pack/receiving/v1";
const UNDO: &[u8] = b"theriac/pack/undo-secret/v1";
const ITEM: &[u8] = b"theriac/pack/item/v1";

/// 32 random bytes from which a book's keys and secrets follow. Erased from memory when dropped.
#[derive(Clone)]
pub struct BookSecret(Zeroizing<[u8; 32]>);

impl BookSecret {
    /// A secret from the system's randomness.
    pub fn generate() -> Self {
        Self(Zeroizing::new(crate::packs::random()))
    }

    /// The secret of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes, for the book's file.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The one-time key of this number: HKDF-SHA256(secret, "theriac/pack/key/v1" || number || attempt), the first attempt that is a key.
    pub fn one_time(&self, number: u64) -> Account {
        let key = Zeroizing::new(self.key(ONE_TIME, number).secret_bytes());
        Account::from_bytes(&key).expect("it is a key")
    }

    /// The key whose public half stands on the partner's card.
    pub(super) fn receiving(&self) -> SecretKey {
        self.key(RECEIVING, 0)
    }

    /// The secret that undoes an exit; `exits` counts the earlier ones of the pack.
    pub fn undo(&self, tag: B256, exits: u64) -> B256 {
        let info = [UNDO, tag.as_slice(), &exits.to_be_bytes()].concat();
        B256::new(*self.derive(&info))
    }

    /// The identifier of an item in a cabinet, which tells nobody the product.
    pub(crate) fn item(&self, gtin: &str) -> B256 {
        B256::new(*self.derive(&[ITEM, gtin.as_bytes()].concat()))
    }

    fn key(&self, purpose: &[u8], number: u64) -> SecretKey {
        let mut attempts = 0_u8..=u8::MAX;
        let key = attempts.find_map(|attempt| {
            let info = [purpose, &number.to_be_bytes(), &[attempt]].concat();
            SecretKey::from_byte_array(*self.derive(&info)).ok()
        });
        key.expect("fewer than one in 2^127 derived numbers is no key")
    }

    fn derive(&self, info: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.0[..])
            .expand(info, &mut bytes[..])
            .expect("HKDF-SHA256 gives 32 bytes");
        bytes
    }
}

#[cfg(test)]
mod tests;
