//! The transaction as revm takes it, at price zero.

use super::sender::recover;
use alloy_consensus::{Transaction as _, TxEnvelope, Typed2718};
use alloy_eips::eip7702::{RecoveredAuthority, RecoveredAuthorization, SignedAuthorization};
use alloy_primitives::Address;
use revm::context::TxEnv;
use revm::context_interface::either::Either;

/// Fees that were signed are not passed on: gas is metered and bounded, never paid for.
pub(super) fn of(envelope: &TxEnvelope, sender: Address) -> TxEnv {
    TxEnv {
        tx_type: envelope.ty(),
        caller: sender,
        gas_limit: envelope.gas_limit(),
        gas_price: 0,
        kind: envelope.kind(),
        value: envelope.value(),
        data: envelope.input().clone(),
        nonce: envelope.nonce(),
        chain_id: envelope.chain_id(),
        access_list: envelope.access_list().cloned().unwrap_or_default(),
        gas_priority_fee: None,
        blob_hashes: Vec::new(),
        max_fee_per_blob_gas: 0,
        authorization_list: envelope
            .authorization_list()
            .unwrap_or_default()
            .iter()
            .map(|signed| Either::Right(authorize(signed)))
            .collect(),
    }
}

/// An authorization whose signature names nobody stays in the list and is skipped at execution (EIP-7702).
pub(crate) fn authorize(signed: &SignedAuthorization) -> RecoveredAuthorization {
    let authority = signed
        .signature()
        .ok()
        .and_then(|signature| recover(&signature, signed.inner().signature_hash()))
        .map_or(RecoveredAuthority::Invalid, RecoveredAuthority::Valid);
    RecoveredAuthorization::new_unchecked(signed.inner().clone(), authority)
}
