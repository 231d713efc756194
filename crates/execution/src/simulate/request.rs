//! What a simulation is asked to do.

use crate::spec::ChainSpec;
use crate::transaction::authorize;
use alloy_eips::eip2930::AccessList;
use alloy_eips::eip7702::SignedAuthorization;
use alloy_primitives::{Address, Bytes, TxKind, U256};
use revm::context::{TransactionType, TxEnv};
use revm::context_interface::either::Either;

/// A transaction that nobody signed.
#[derive(Debug, Clone, Default)]
pub struct CallRequest {
    /// The account in whose name it runs; it need not be enrolled.
    pub from: Address,
    /// The account that is called, or creation.
    pub to: TxKind,
    /// In wei; the sender must have it.
    pub value: U256,
    /// Selector and arguments, or init code.
    pub input: Bytes,
    /// At most the cap of a transaction, which is what `None` means.
    pub gas_limit: Option<u64>,
    /// EIP-2930.
    pub access_list: AccessList,
    /// EIP-7702.
    pub authorizations: Vec<SignedAuthorization>,
}

impl CallRequest {
    pub(super) fn gas_limit(&self, spec: &ChainSpec) -> u64 {
        self.gas_limit
            .unwrap_or(spec.transaction_gas_cap)
            .min(spec.transaction_gas_cap)
    }

    pub(super) fn environment(&self, spec: &ChainSpec, gas_limit: u64) -> TxEnv {
        let has_authorizations = !self.authorizations.is_empty();
        let tx_type = if has_authorizations {
            TransactionType::Eip7702
        } else {
            TransactionType::Eip1559
        };
        TxEnv {
            tx_type: tx_type.into(),
            caller: self.from,
            gas_limit,
            gas_price: 0,
            kind: self.to,
            value: self.value,
            data: self.input.clone(),
            nonce: 0,
            chain_id: Some(spec.chain_id),
            access_list: self.access_list.clone(),
            gas_priority_fee: None,
            blob_hashes: Vec::new(),
            max_fee_per_blob_gas: 0,
            authorization_list: self
                .authorizations
                .iter()
                .map(|signed| Either::Right(authorize(signed)))
                .collect(),
        }
    }
}
