//! Whether an account signed a message: by its key, or by its contract's word (EIP-1271).

use alloy_consensus::crypto::secp256k1::recover_signer;
use alloy_primitives::{Address, B256, Bytes, Signature, eip191_hash_message};
use alloy_sol_types::{SolCall, sol};

use crate::{CallError, CallRequest, Chain, ChainFailure};

sol! {
    /// EIP-1271.
    function isValidSignature(bytes32 hash, bytes signature) external view returns (bytes4 magic);
}

/// Signatures longer than this are refused unread.
const MAX_SIGNATURE_BYTES: usize = 1_024;

/// Whether `signature` is the account's over `message`, signed as EIP-191 says (`personal_sign`).
///
/// # Errors
/// [`ChainFailure`] if the node could not ask the account's contract.
pub(crate) async fn is_signed_by(
    chain: &dyn Chain,
    address: Address,
    message: &str,
    signature: &Bytes,
) -> Result<bool, ChainFailure> {
    if signature.len() > MAX_SIGNATURE_BYTES {
        return Ok(false);
    }
    let hash = eip191_hash_message(message);
    if recovers_to(address, hash, signature) {
        return Ok(true);
    }
    match chain.code(address).await?.is_empty() {
        true => Ok(false),
        false => is_valid_for_contract(chain, address, hash, signature).await,
    }
}

/// 65 bytes `r || s || v` with low s, as EIP-2 says.
fn recovers_to(address: Address, hash: B256, signature: &Bytes) -> bool {
    let Ok(signature) = Signature::from_raw(signature) else {
        return false;
    };
    recover_signer(&signature, hash).is_ok_and(|signer| signer == address)
}

async fn is_valid_for_contract(
    chain: &dyn Chain,
    address: Address,
    hash: B256,
    signature: &Bytes,
) -> Result<bool, ChainFailure> {
    let input = isValidSignatureCall {
        hash,
        signature: signature.clone(),
    };
    let request = CallRequest {
        to: Some(address),
        input: input.abi_encode().into(),
        ..CallRequest::default()
    };
    match chain.call(request).await {
        Ok(output) => Ok(output.len() == 32
            && output.starts_with(&isValidSignatureCall::SELECTOR)
            && output[4..].iter().all(|byte| *byte == 0)),
        Err(CallError::Failure(failure)) => Err(failure),
        Err(CallError::Reverted(_) | CallError::Halted(_) | CallError::Rejected(_)) => Ok(false),
    }
}
