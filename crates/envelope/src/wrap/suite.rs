//! Which KEM, KDF and AEAD a key and its wraps use.

use crate::decode::DecodeError;

/// A suite of HPKE. All use HKDF-SHA256 and AES-256-GCM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suite {
    /// X-Wing (ML-KEM-768 with X25519, KEM id 0x647A): the default, since records stay sensitive for decades.
    XWing,
    /// DHKEM(X25519, HKDF-SHA256), KEM id 0x0020: a fallback without post-quantum protection.
    X25519,
}

impl Suite {
    /// The byte that names the suite in every encoding.
    pub fn id(self) -> u8 {
        match self {
            Self::XWing => 1,
            Self::X25519 => 2,
        }
    }

    /// The suite of a byte.
    ///
    /// # Errors
    /// [`DecodeError::UnknownSuite`].
    pub fn decode(id: u8) -> Result<Self, DecodeError> {
        match id {
            1 => Ok(Self::XWing),
            2 => Ok(Self::X25519),
            got => Err(DecodeError::UnknownSuite { got }),
        }
    }

    /// Bytes of a public key.
    pub fn public_key_bytes(self) -> usize {
        match self {
            Self::XWing => 1216,
            Self::X25519 => 32,
        }
    }

    /// Bytes of an encapsulated key.
    pub fn encapsulated_bytes(self) -> usize {
        match self {
            Self::XWing => 1120,
            Self::X25519 => 32,
        }
    }

    /// The HKDF info that derives a seed from an account key.
    pub(crate) fn seed_info(self) -> &'static [u8] {
        match self {
            Self::XWing => b"theriac/hpke/x-wing/v1",
            Self::X25519 => b"theriac/hpke/x25519/v1",
        }
    }
}
