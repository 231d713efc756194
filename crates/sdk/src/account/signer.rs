//! Who signed a text.

use alloy_primitives::{Address, Signature, eip191_hash_message};

/// The account that signed a text message (EIP-191, `personal_sign`); `None` where the 65 bytes are no signature of anyone.
#[must_use]
pub fn signer_of(message: &str, signature: &[u8]) -> Option<Address> {
    let signature = Signature::from_raw(signature).ok()?;
    let digest = eip191_hash_message(message.as_bytes());
    alloy_consensus::crypto::secp256k1::recover_signer(&signature, digest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;

    #[test]
    fn the_signer_of_a_text_is_found_and_of_another_text_is_another() {
        let account = Account::generate();
        let signature = account.sign_message("three packs");
        assert_eq!(
            signer_of("three packs", &signature),
            Some(account.address())
        );
        assert_ne!(signer_of("four packs", &signature), Some(account.address()));
        for wrong in [&signature[..64], &[], &[0; 65]] {
            assert_eq!(signer_of("three packs", wrong), None);
        }
    }
}
