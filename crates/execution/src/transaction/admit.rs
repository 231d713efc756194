//! Every check of a transaction that needs no state.

use super::{Transaction, TransactionRefusal, decode::decode, environment, sender};
use crate::spec::{ChainSpec, FORK};
use alloy_consensus::{Transaction as _, TxEnvelope};
use alloy_primitives::Bytes;
use revm::context_interface::cfg::GasParams;
use revm::primitives::eip3860::MAX_INITCODE_SIZE;
use std::sync::LazyLock;

static GAS: LazyLock<GasParams> = LazyLock::new(|| GasParams::new_spec(FORK));

/// Decodes `raw`, checks it and recovers its sender.
///
/// # Errors
/// The first refusal that applies, in the order of [`TransactionRefusal`].
pub fn admit(spec: &ChainSpec, raw: Bytes) -> Result<Transaction, TransactionRefusal> {
    let envelope = decode(spec, &raw)?;
    check_chain(spec, &envelope)?;
    if sender::is_high(envelope.signature().s()) {
        return Err(TransactionRefusal::HighS);
    }
    if envelope.nonce() == u64::MAX {
        return Err(TransactionRefusal::NonceAtMaximum);
    }
    check_gas(spec, &envelope)?;
    check_form(&envelope)?;
    let signer = sender::recover(envelope.signature(), envelope.signature_hash());
    let sender = signer.ok_or(TransactionRefusal::BadSignature)?;
    let environment = environment::of(&envelope, sender);
    Ok(Transaction {
        hash: *envelope.tx_hash(),
        envelope,
        sender,
        raw,
        environment,
    })
}

fn check_chain(spec: &ChainSpec, envelope: &TxEnvelope) -> Result<(), TransactionRefusal> {
    match envelope.chain_id() {
        None => Err(TransactionRefusal::NotReplayProtected),
        Some(got) if got != spec.chain_id => Err(TransactionRefusal::WrongChain {
            got,
            expected: spec.chain_id,
        }),
        Some(_) => Ok(()),
    }
}

fn check_gas(spec: &ChainSpec, envelope: &TxEnvelope) -> Result<(), TransactionRefusal> {
    let got = envelope.gas_limit();
    if got > spec.transaction_gas_cap {
        return Err(TransactionRefusal::GasLimitAboveCap {
            got,
            cap: spec.transaction_gas_cap,
        });
    }
    let list = envelope.access_list();
    let gas = GAS.initial_tx_gas(
        envelope.input(),
        envelope.is_create(),
        list.map_or(0, |list| list.len() as u64),
        list.map_or(0, |list| list.storage_keys_count() as u64),
        envelope.authorization_count().unwrap_or(0),
        None,
    );
    if got < gas.initial_total_gas() {
        return Err(TransactionRefusal::GasLimitBelowIntrinsic {
            got,
            needed: gas.initial_total_gas(),
        });
    }
    if got < gas.floor_gas() {
        return Err(TransactionRefusal::GasLimitBelowFloor {
            got,
            needed: gas.floor_gas(),
        });
    }
    Ok(())
}

fn check_form(envelope: &TxEnvelope) -> Result<(), TransactionRefusal> {
    if envelope.is_create() && envelope.input().len() > MAX_INITCODE_SIZE {
        return Err(TransactionRefusal::InitCodeTooLarge);
    }
    if envelope
        .max_priority_fee_per_gas()
        .is_some_and(|priority| priority > envelope.max_fee_per_gas())
    {
        return Err(TransactionRefusal::PriorityAboveFeeCap);
    }
    if envelope.is_eip7702() && envelope.authorization_list().unwrap_or_default().is_empty() {
        return Err(TransactionRefusal::NoAuthorizations);
    }
    Ok(())
}
