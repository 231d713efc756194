//! Recovers who signed, with libsecp256k1.

use alloy_consensus::crypto::{SECP256K1N_HALF, secp256k1};
use alloy_primitives::{Address, B256, Signature, U256};

/// The signer of `digest`; `None` where s is high or no key fits.
pub(crate) fn recover(signature: &Signature, digest: B256) -> Option<Address> {
    if is_high(signature.s()) {
        return None;
    }
    secp256k1::recover_signer_unchecked(signature, digest).ok()
}

/// EIP-2: s above half of the curve's order.
pub(super) fn is_high(s: U256) -> bool {
    s > SECP256K1N_HALF
}
