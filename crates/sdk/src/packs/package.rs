//! What goes from partner to partner in a file: encrypted to the receiver's key.
//!
//! ```text
//! version   1 byte    1
//! package  32 bytes   random
//! wrap     2 + n      its length, big-endian; the content's secret, wrapped to the receiver
//! content  the rest   as a record's, in chunks
//! ```

use crate::{Client, Error, random};
use alloy_primitives::{B256, keccak256};
use theriac_envelope::{
    Encrypted, PrivateKey, PublicKey, Wrap, WrapContext, WrapError, decrypt, encrypt, unwrap, wrap,
};
use zeroize::Zeroizing;

/// The largest package, in bytes as sent.
pub const MAX_PACKAGE_BYTES: usize = 64 << 20;
const VERSION: u8 = 1;
/// Keeps a package's wrap from being one of a record.
const DOMAIN: &[u8] = b"theriac/pack/package/v1";
const WRAP_VERSION: u32 = 1;

/// Why a file is no package for this account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The file is longer than a package may be.
    #[error("the package has {0} bytes, expected at most {MAX_PACKAGE_BYTES}")]
    TooLarge(usize),
    /// The file ends early.
    #[error("the package ends after {0} bytes")]
    EndsEarly(usize),
    /// Another version of the format.
    #[error("the package has version {0}, expected {VERSION}")]
    Version(u8),
    /// It was encrypted to another account.
    #[error("the package is for another account")]
    NotForYou,
}

impl Client {
    /// The key with which others encrypt packages to this account.
    ///
    /// # Errors
    /// `NoAccount`.
    pub fn package_key(&self) -> Result<PublicKey, Error> {
        Ok(self.record_key()?.public_key())
    }

    /// Encrypts a package to its receiver.
    ///
    /// # Errors
    /// `Content`, `Wrap`; those of [`Client::chain_id`].
    pub async fn seal_package(
        &self,
        receiver: &PublicKey,
        content: &[u8],
    ) -> Result<Vec<u8>, Error> {
        seal_package(self.chain_id().await?, receiver, content)
    }

    /// Opens a package that was encrypted to this account.
    ///
    /// # Errors
    /// `Package`, `Wrap`, `Content`; those of [`Client::chain_id`].
    pub async fn open_package(&self, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        open_package(self.chain_id().await?, &self.record_key()?, bytes)
    }
}

/// Encrypts a package to any key, for the network with this id.
///
/// # Errors
/// `Content`, `Wrap`.
pub fn seal_package(chain_id: u64, receiver: &PublicKey, content: &[u8]) -> Result<Vec<u8>, Error> {
    let package = B256::new(random());
    let Encrypted { ciphertext, secret } = encrypt(content, &mut rand::rng())?;
    let context = context(chain_id, package);
    let wrap = wrap(&secret, receiver, &context, &mut rand::rng())?.encode();
    let length = u16::try_from(wrap.len()).expect("a wrap has about a thousand bytes");
    let mut bytes = vec![VERSION];
    bytes.extend(package);
    bytes.extend(length.to_be_bytes());
    bytes.extend(wrap);
    bytes.extend(ciphertext);
    Ok(bytes)
}

/// Opens a package with the key to which it was encrypted.
///
/// # Errors
/// `Package`, `Wrap`, `Content`.
pub fn open_package(
    chain_id: u64,
    key: &PrivateKey,
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (package, sealed, ciphertext) = parts(bytes)?;
    let context = context(chain_id, package);
    let secret = match unwrap(&Wrap::decode(sealed)?, key, &context) {
        Err(WrapError::DoesNotOpen) => return Err(PackageError::NotForYou.into()),
        outcome => outcome?,
    };
    Ok(decrypt(ciphertext, &secret)?)
}

fn context(chain_id: u64, package: B256) -> WrapContext {
    let bound = keccak256([DOMAIN, package.as_slice()].concat());
    WrapContext::to_controller(chain_id, bound.0, WRAP_VERSION)
}

fn parts(bytes: &[u8]) -> Result<(B256, &[u8], &[u8]), PackageError> {
    let early = PackageError::EndsEarly(bytes.len());
    if bytes.len() > MAX_PACKAGE_BYTES {
        return Err(PackageError::TooLarge(bytes.len()));
    }
    let (version, rest) = bytes.split_first().ok_or(early)?;
    if *version != VERSION {
        return Err(PackageError::Version(*version));
    }
    let (package, rest) = rest.split_first_chunk::<32>().ok_or(early)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(early)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (wrap, content) = rest.split_at_checked(length).ok_or(early)?;
    Ok((B256::new(*package), wrap, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_taken_apart_and_each_fault_has_its_name() {
        let whole = [&[1][..], &[7; 32], &[0, 2], &[8, 9], &[5; 3]].concat();
        let (package, wrap, content) = parts(&whole).unwrap();
        assert_eq!(package, B256::repeat_byte(7));
        assert_eq!((wrap, content), (&[8, 9][..], &[5, 5, 5][..]));
        for end in [0, 1, 20, 34, 36] {
            let early = PackageError::EndsEarly(end);
            assert_eq!(parts(&whole[..end]), Err(early), "{end}");
        }
        assert_eq!(parts(&[2; 40]), Err(PackageError::Version(2)));
        let large = vec![1; MAX_PACKAGE_BYTES + 1];
        assert_eq!(parts(&large), Err(PackageError::TooLarge(large.len())));
    }
}
