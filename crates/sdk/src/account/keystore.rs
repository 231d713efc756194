//! The Ethereum keystore file, version 3 ("Web3 Secret Storage"): scrypt, AES-128-CTR, Keccak-256 MAC.

mod format;

pub use format::Keystore;

use super::{Account, Password, write_private};
use crate::random;
use aes::cipher::{KeyIvInit, StreamCipher};
use alloy_primitives::{Address, keccak256};
use format::{CipherParameters, Crypto, ScryptParameters};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

type Aes128Ctr = ctr::Ctr128BE<aes::Aes128>;

/// The largest memory that opening a file may ask for: 1 GiB (128 * n * r bytes).
const MEMORY_LIMIT_BYTES: u64 = 1 << 30;

/// How much work a guess at the password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// n = 2^18, about a second and 256 MiB: for a person's key.
    Standard,
    /// n = 2^12: for the demo and tests only.
    Light,
}

/// Why a keystore file could not be written or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeystoreError {
    /// The file cannot be read.
    #[error("cannot read the keystore file {path}", path = .0.display())]
    Read(PathBuf, #[source] io::Error),
    /// The file cannot be written.
    #[error("cannot write the keystore file {path}", path = .0.display())]
    Write(PathBuf, #[source] io::Error),
    /// There is a file at this place; a key is never overwritten.
    #[error("{path} exists; choose another file, since a key is never overwritten", path = .0.display())]
    Exists(PathBuf),
    /// Not JSON of the V3 shape.
    #[error("not an ethereum keystore file of version 3")]
    Malformed(#[source] serde_json::Error),
    /// A version other than 3.
    #[error("got a keystore of version {0}, expected 3")]
    Version(u8),
    /// A cipher, key derivation or parameter that is not supported.
    #[error("got {got} for {what}, expected {expected}")]
    Unsupported {
        /// The field.
        what: &'static str,
        /// What the file says.
        got: String,
        /// What is supported.
        expected: &'static str,
    },
    /// The MAC differs: the password is wrong, or the file was changed.
    #[error("the password does not open this keystore file")]
    WrongPassword,
    /// The decrypted bytes are not a private key, or not the key of the address that the file names.
    #[error("the keystore file does not hold the key of the address it names")]
    NotTheKey,
}

impl Keystore {
    /// Encrypts an account's key under a password, with fresh salt and vector.
    #[must_use]
    pub fn seal(account: &Account, password: &Password, strength: Strength) -> Self {
        let scrypt = ScryptParameters::new(strength);
        let derived = scrypt
            .derive(password)
            .expect("own parameters are within the limits");
        let iv = random::<16>();
        let mut ciphertext = account.secret_bytes().to_vec();
        cipher(&derived, &iv).apply_keystream(&mut ciphertext);
        let mac = mac(&derived, &ciphertext).to_vec();
        let kdfparams = serde_json::to_value(scrypt).expect("plain fields always serialise");
        let cipherparams = CipherParameters { iv: iv.to_vec() };
        let (cipher, kdf) = ("aes-128-ctr".to_owned(), "scrypt".to_owned());
        let crypto = Crypto {
            cipher,
            cipherparams,
            ciphertext,
            kdf,
            kdfparams,
            mac,
        };
        Self {
            address: Some(account.address()),
            crypto,
            id: uuid(),
            version: 3,
        }
    }

    /// Decrypts the key.
    ///
    /// # Errors
    /// `WrongPassword`; `Version` and `Unsupported` for other forms; `NotTheKey` where the file contradicts itself.
    pub fn open(&self, password: &Password) -> Result<Account, KeystoreError> {
        let scrypt = self.scrypt()?;
        let derived = scrypt.derive(password)?;
        let expected = mac(&derived, &self.crypto.ciphertext);
        if !bool::from(expected.as_slice().ct_eq(&self.crypto.mac)) {
            return Err(KeystoreError::WrongPassword);
        }
        let mut key = Zeroizing::new([0_u8; 32]);
        key.copy_from_slice(&self.crypto.ciphertext);
        let iv: [u8; 16] = self
            .crypto
            .cipherparams
            .iv
            .as_slice()
            .try_into()
            .expect("its length was checked");
        cipher(&derived, &iv).apply_keystream(key.as_mut());
        let account = Account::from_bytes(&key).ok_or(KeystoreError::NotTheKey)?;
        match self.address {
            Some(address) if address != account.address() => Err(KeystoreError::NotTheKey),
            Some(_) | None => Ok(account),
        }
    }

    /// The address that the file names; some tools leave it out.
    #[must_use]
    pub fn address(&self) -> Option<Address> {
        self.address
    }

    /// Reads a file; the key in it stays encrypted.
    ///
    /// # Errors
    /// `Read` and `Malformed`.
    pub fn read(path: &Path) -> Result<Self, KeystoreError> {
        let text = fs::read(path).map_err(|error| KeystoreError::Read(path.to_owned(), error))?;
        serde_json::from_slice(&text).map_err(KeystoreError::Malformed)
    }

    /// Writes a new file that only its owner may read, whole or not at all.
    ///
    /// # Errors
    /// `Exists` where something is at `path`; `Write`.
    pub fn write(&self, path: &Path) -> Result<(), KeystoreError> {
        let text = serde_json::to_vec_pretty(self).expect("plain fields always serialise");
        write_private(path, &text).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => KeystoreError::Exists(path.to_owned()),
            _ => KeystoreError::Write(path.to_owned(), error),
        })
    }

    fn scrypt(&self) -> Result<ScryptParameters, KeystoreError> {
        if self.version != 3 {
            return Err(KeystoreError::Version(self.version));
        }
        supported("cipher", &self.crypto.cipher, "aes-128-ctr")?;
        supported("kdf", &self.crypto.kdf, "scrypt")?;
        supported(
            "length of the vector",
            &self.crypto.cipherparams.iv.len().to_string(),
            "16",
        )?;
        supported(
            "length of the ciphertext",
            &self.crypto.ciphertext.len().to_string(),
            "32",
        )?;
        serde_json::from_value(self.crypto.kdfparams.clone()).map_err(KeystoreError::Malformed)
    }
}

impl ScryptParameters {
    fn new(strength: Strength) -> Self {
        let n = match strength {
            Strength::Standard => 1 << 18,
            Strength::Light => 1 << 12,
        };
        Self {
            dklen: 32,
            n,
            p: 1,
            r: 8,
            salt: random::<32>().to_vec(),
        }
    }

    fn derive(&self, password: &Password) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        supported("dklen", &self.dklen.to_string(), "32")?;
        let memory = self.n.saturating_mul(u64::from(self.r)).saturating_mul(128);
        let fits = self.n.is_power_of_two() && self.p <= 16 && memory <= MEMORY_LIMIT_BYTES;
        let log_n = u8::try_from(self.n.checked_ilog2().unwrap_or(0))
            .expect("the logarithm of a u64 is below 64");
        let parameters = scrypt::Params::new(log_n, self.r, self.p)
            .ok()
            .filter(|_| fits);
        let parameters = parameters.ok_or_else(|| KeystoreError::Unsupported {
            what: "kdfparams",
            got: format!("n {}, r {}, p {}", self.n, self.r, self.p),
            expected: "n a power of two, p at most 16, at most 1 GiB of memory",
        })?;
        let mut derived = Zeroizing::new([0_u8; 32]);
        scrypt::scrypt(
            password.as_bytes(),
            &self.salt,
            &parameters,
            derived.as_mut(),
        )
        .expect("32 bytes is a valid length");
        Ok(derived)
    }
}

fn supported(what: &'static str, got: &str, expected: &'static str) -> Result<(), KeystoreError> {
    if got == expected {
        Ok(())
    } else {
        Err(KeystoreError::Unsupported {
            what,
            got: got.to_owned(),
            expected,
        })
    }
}

fn cipher(derived: &[u8; 32], iv: &[u8; 16]) -> Aes128Ctr {
    Aes128Ctr::new(derived[..16].into(), iv.into())
}

fn mac(derived: &[u8; 32], ciphertext: &[u8]) -> [u8; 32] {
    keccak256([&derived[16..], ciphertext].concat()).0
}

/// A random UUID (RFC 9562, version 4), as the file format asks for.
fn uuid() -> String {
    let mut bytes = random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex::encode(bytes);
    [
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..],
    ]
    .join("-")
}

#[cfg(test)]
mod tests;
