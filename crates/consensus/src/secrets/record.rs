//! How one secret lies in its file: version, kind, payload, check.

use commonware_codec::{Copying, DecodeExt, EncodeSize, Write};
use commonware_cryptography::{Hasher as _, Sha256};
use zeroize::Zeroizing;

/// The layout of the bytes around a payload.
const VERSION: u8 = 1;
/// Version and kind.
const HEAD_BYTES: usize = 2;
/// The leading bytes of SHA-256 over all before them: finds a damaged file, not a forger.
const CHECK_BYTES: usize = 8;

/// What a file of the store holds; a file never passes for one of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A share of the group key.
    Share = 1,
    /// The seed from which a dealer draws its polynomial.
    Seed = 2,
    /// A private dealing received from one dealer.
    Dealing = 3,
}

/// The bytes of a file that holds `secret`.
pub(super) fn seal<T: Write + EncodeSize>(kind: Kind, secret: &T) -> Zeroizing<Vec<u8>> {
    let size = HEAD_BYTES + secret.encode_size() + CHECK_BYTES;
    let mut bytes = Zeroizing::new(Vec::with_capacity(size));
    bytes.extend_from_slice(&[VERSION, kind as u8]);
    secret.write(&mut *bytes);
    let check = check(&bytes);
    bytes.extend_from_slice(&check);
    bytes
}

/// The secret in the bytes of a file, or `None` where they are damaged or of another kind.
pub(super) fn open<T: DecodeExt<()>>(kind: Kind, bytes: &[u8]) -> Option<T> {
    let (body, expected) = bytes.split_at_checked(bytes.len().checked_sub(CHECK_BYTES)?)?;
    let (head, payload) = body.split_at_checked(HEAD_BYTES)?;
    if head != [VERSION, kind as u8] || check(body) != expected {
        return None;
    }
    T::decode(Copying(payload)).ok()
}

fn check(body: &[u8]) -> [u8; CHECK_BYTES] {
    let digest = Sha256::hash(&[body]);
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(&digest.as_ref()[..CHECK_BYTES]);
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use commonware_cryptography::transcript::{Transcript, Version};

    #[test]
    fn a_record_with_any_byte_changed_is_refused() {
        let seed = Transcript::new(b"record test", Version::V1).summarize();
        let sealed = seal(Kind::Seed, &seed);
        assert_eq!(open(Kind::Seed, &sealed), Some(seed));
        for index in 0..sealed.len() {
            let mut changed = sealed.to_vec();
            changed[index] ^= 1;
            assert!(
                open::<commonware_cryptography::transcript::Summary>(Kind::Seed, &changed)
                    .is_none()
            );
        }
    }

    #[test]
    fn a_record_does_not_pass_for_another_kind() {
        let seed = Transcript::new(b"record test", Version::V1).summarize();
        let sealed = seal(Kind::Seed, &seed);
        assert!(
            open::<commonware_cryptography::transcript::Summary>(Kind::Share, &sealed).is_none()
        );
    }
}
