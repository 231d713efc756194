//! The keys of a book: one pair for the book, one key for each subject.

use theriac_envelope::{HeldKey, PrivateKey, PublicKey, Suite};
use theriac_sdk::packs::{open_package, seal_package};
use zeroize::Zeroizing;

use super::{Error, book::BookError};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

const LOOKUP: &[u8] = b"theriac/trial/label/v1";

/// The pair of a book. Erased from memory when dropped.
pub(super) struct BookKey {
    private: PrivateKey,
}

impl BookKey {
    pub(super) fn generate() -> Self {
        Self {
            private: PrivateKey::generate(Suite::XWing, &mut rand::rng()),
        }
    }

    pub(super) fn from_seed(seed: &[u8]) -> Result<Self, BookError> {
        let damaged = |_| BookError::Damaged("its seed has another length");
        Ok(Self {
            private: PrivateKey::from_seed(Suite::XWing, seed.try_into().map_err(damaged)?),
        })
    }

    pub(super) fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(*self.private.expose_seed())
    }

    pub(super) fn public(&self) -> PublicKey {
        self.private.public_key()
    }

    /// What finds the label of a subject in this book, and tells nothing of it.
    pub(super) fn lookup(&self, label: &str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.private.expose_seed())
            .expect("any length is a key");
        mac.update(LOOKUP);
        mac.update(label.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// A key for what is of the book itself, by its purpose.
    pub(super) fn held(&self, purpose: &[u8]) -> HeldKey {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.private.expose_seed())
            .expect("any length is a key");
        mac.update(purpose);
        HeldKey::from_bytes(mac.finalize().into_bytes().into())
    }

    /// The subject's key that was wrapped to this book.
    pub(super) fn unwrap(&self, chain_id: u64, wrap: &[u8]) -> Result<HeldKey, Error> {
        let key = open_package(chain_id, &self.private, wrap)?;
        let damaged = |_| BookError::Damaged("the key of a subject has another length");
        Ok(HeldKey::from_bytes(
            key.as_slice().try_into().map_err(damaged)?,
        ))
    }
}

/// Wraps a subject's key to a book.
pub(super) fn wrap(chain_id: u64, key: &HeldKey, book: &PublicKey) -> Result<Vec<u8>, Error> {
    Ok(seal_package(chain_id, book, key.expose())?)
}

/// A fresh key for a subject.
pub(super) fn fresh() -> HeldKey {
    HeldKey::generate(&mut rand::rng())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subjects_key_opens_with_the_book_it_was_wrapped_to_alone() {
        let (book, other) = (BookKey::generate(), BookKey::generate());
        let key = fresh();
        let wrapped = wrap(7, &key, &book.public()).unwrap();
        assert_eq!(book.unwrap(7, &wrapped).unwrap().expose(), key.expose());
        assert!(other.unwrap(7, &wrapped).is_err());
        assert!(book.unwrap(8, &wrapped).is_err());
    }

    #[test]
    fn a_label_is_found_again_and_only_in_its_book() {
        let book = BookKey::generate();
        let again = BookKey::from_seed(book.seed().as_slice()).unwrap();
        assert_eq!(book.lookup("01-701-1015"), again.lookup("01-701-1015"));
        assert_ne!(book.lookup("01-701-1015"), book.lookup("01-701-1023"));
        let other = BookKey::generate();
        assert_ne!(book.lookup("01-701-1015"), other.lookup("01-701-1015"));
    }
}
