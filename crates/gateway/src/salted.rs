//! Salted commitments to what stays off the ledger.

use alloy_primitives::B256;
use sha2::{Digest, Sha256};

/// What opens a commitment to a text: keep it with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// 32 random bytes.
    pub salt: B256,
    /// As the ledger has it.
    pub commitment: B256,
}

impl Opening {
    /// A commitment under a fresh salt.
    pub(crate) fn fresh(domain: &[u8], text: &[u8]) -> Self {
        let salt = B256::new(crate::random::random());
        let commitment = commitment(domain, salt, text);
        Self { salt, commitment }
    }
}

/// SHA-256(domain || salt || text).
pub(crate) fn commitment(domain: &[u8], salt: B256, text: &[u8]) -> B256 {
    let hash = Sha256::new()
        .chain_update(domain)
        .chain_update(salt)
        .chain_update(text)
        .finalize();
    B256::from_slice(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_depends_on_domain_salt_and_text() {
        let opening = Opening::fresh(b"a", b"text");
        assert_eq!(commitment(b"a", opening.salt, b"text"), opening.commitment);
        let others = [
            commitment(b"b", opening.salt, b"text"),
            commitment(b"a", B256::ZERO, b"text"),
            commitment(b"a", opening.salt, b"test"),
            Opening::fresh(b"a", b"text").commitment,
        ];
        assert!(!others.contains(&opening.commitment));
    }
}
