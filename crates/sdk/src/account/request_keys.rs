//! One-time request keys, kept encrypted beside the keystore so that a later process can open what was granted.

use super::{Account, write_private};
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use alloy_primitives::B256;
use hkdf::Hkdf;
use sha2::Sha256;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Separates the key of this store from every other key of the account.
const PURPOSE: &[u8] = b"theriac/request-keys/v1";
const NONCE_BYTES: usize = 12;
const VERSION: u8 = 1;

/// The folder of one account's request keys. File `<key id>`: nonce (12 bytes), then AES-256-GCM of the
/// secret with the key id as associated data.
#[derive(Clone, Debug)]
pub struct RequestKeys {
    folder: PathBuf,
}

/// What the requester keeps of one request.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeKey {
    /// The seed of the one-time private key.
    pub seed: Zeroizing<[u8; 32]>,
    /// The salt of the commitment to the reason.
    pub salt: [u8; 32],
    /// The reason, in the requester's words.
    pub reason: String,
}

/// Why a request key could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum RequestKeyError {
    /// This client never made the request, or its folder was lost.
    #[error("the one-time key of this request is not in {folder}", folder = .0.display())]
    Absent(PathBuf),
    /// The folder cannot be read or written.
    #[error("cannot use the folder of request keys {folder}", folder = .0.display())]
    Folder(PathBuf, #[source] io::Error),
    /// The file was changed, or belongs to another account.
    #[error(
        "the one-time key does not open with this account; the file was changed or is another account's"
    )]
    Damaged,
}

impl RequestKeys {
    /// The store beside a keystore file: the folder `<file>.requests`.
    #[must_use]
    pub fn beside(keystore: &Path) -> Self {
        let mut name = keystore.file_name().unwrap_or_default().to_owned();
        name.push(".requests");
        Self {
            folder: keystore.with_file_name(name),
        }
    }

    /// Keeps what belongs to a request under its key id.
    ///
    /// # Errors
    /// `Folder`.
    pub fn put(
        &self,
        account: &Account,
        key_id: B256,
        key: &OneTimeKey,
    ) -> Result<(), RequestKeyError> {
        let secret = key.encode();
        let mut file = vec![0_u8; NONCE_BYTES];
        rand::Rng::fill_bytes(&mut rand::rng(), &mut file);
        let nonce: [u8; NONCE_BYTES] = file
            .as_slice()
            .try_into()
            .expect("the vector has this length");
        let payload = Payload {
            msg: &secret,
            aad: key_id.as_slice(),
        };
        let sealed = cipher(account)
            .encrypt(&nonce.into(), payload)
            .expect("a short text is within the limit of GCM");
        file.extend(sealed);
        write_private(&self.path(key_id), &file).map_err(|error| self.failed(error))
    }

    /// Finds what belongs to a request.
    ///
    /// # Errors
    /// `Absent`, `Damaged`, `Folder`.
    pub fn find(&self, account: &Account, key_id: B256) -> Result<OneTimeKey, RequestKeyError> {
        let file = fs::read(self.path(key_id)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => RequestKeyError::Absent(self.folder.clone()),
            _ => self.failed(error),
        })?;
        let (nonce, sealed) = file
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(RequestKeyError::Damaged)?;
        let payload = Payload {
            msg: sealed,
            aad: key_id.as_slice(),
        };
        let secret = cipher(account)
            .decrypt(nonce.into(), payload)
            .map(Zeroizing::new);
        OneTimeKey::decode(&secret.map_err(|_| RequestKeyError::Damaged)?)
            .ok_or(RequestKeyError::Damaged)
    }

    fn path(&self, key_id: B256) -> PathBuf {
        self.folder.join(hex::encode(key_id))
    }

    fn failed(&self, error: io::Error) -> RequestKeyError {
        RequestKeyError::Folder(self.folder.clone(), error)
    }
}

impl OneTimeKey {
    /// Version 1, seed, salt, reason in UTF-8.
    fn encode(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(
            [
                &[VERSION],
                self.seed.as_slice(),
                &self.salt,
                self.reason.as_bytes(),
            ]
            .concat(),
        )
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let (seed, rest) = rest.split_first_chunk()?;
        let (salt, reason) = rest.split_first_chunk()?;
        let reason = std::str::from_utf8(reason).ok()?.to_owned();
        (*version == VERSION).then(|| Self {
            seed: Zeroizing::new(*seed),
            salt: *salt,
            reason,
        })
    }
}

fn cipher(account: &Account) -> Aes256Gcm {
    let mut key = Zeroizing::new([0_u8; 32]);
    let derivation = Hkdf::<Sha256>::new(None, account.secret_bytes().as_ref());
    derivation
        .expand(PURPOSE, key.as_mut())
        .expect("32 bytes is within the limit of HKDF");
    Aes256Gcm::new_from_slice(key.as_ref()).expect("the key has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, RequestKeys) {
        let folder = tempfile::tempdir().unwrap();
        let store = RequestKeys::beside(&folder.path().join("doctor.json"));
        (folder, store)
    }

    fn key() -> OneTimeKey {
        OneTimeKey {
            seed: Zeroizing::new([7; 32]),
            salt: [8; 32],
            reason: "second opinion".to_owned(),
        }
    }

    #[test]
    fn a_kept_key_is_found_again_and_is_not_on_the_disk_in_clear() {
        let ((_folder, store), account, id) = (store(), Account::generate(), B256::repeat_byte(5));
        store.put(&account, id, &key()).unwrap();
        assert!(store.find(&account, id).unwrap() == key());
        let file = fs::read(store.path(id)).unwrap();
        assert!(!file.windows(14).any(|window| window == b"second opinion"));
        assert!(!file.windows(8).any(|window| window == [7; 8]));
    }

    #[test]
    fn another_account_or_another_id_does_not_open_it() {
        let ((_folder, store), account, id) = (store(), Account::generate(), B256::repeat_byte(5));
        store.put(&account, id, &key()).unwrap();
        assert!(matches!(
            store.find(&Account::generate(), id),
            Err(RequestKeyError::Damaged)
        ));
        fs::rename(store.path(id), store.path(B256::ZERO)).unwrap();
        assert!(matches!(
            store.find(&account, B256::ZERO),
            Err(RequestKeyError::Damaged)
        ));
    }

    #[test]
    fn a_key_that_was_never_kept_is_absent() {
        let (_folder, store) = store();
        assert!(matches!(
            store.find(&Account::generate(), B256::ZERO),
            Err(RequestKeyError::Absent(_))
        ));
    }
}
