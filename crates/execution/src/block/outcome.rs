//! What a block leaves behind.

use crate::transaction::Transaction;
use alloy_consensus::proofs::calculate_receipt_root;
use alloy_consensus::{Eip658Value, Receipt, ReceiptEnvelope, TxReceipt};
use alloy_primitives::{Address, B256, Bloom, Bytes};
use alloy_trie::root::ordered_trie_root_encoded;
use revm::context::result::ExecutionResult;
use std::collections::BTreeMap;
use theriac_evidence::state::StateKey;

/// Changes of state in the order of their keys: the new value, or `None` where the key goes.
pub type Changes = BTreeMap<StateKey, Option<Vec<u8>>>;

/// A receipt, and what it leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutedReceipt {
    /// The receipt as it enters the receipts' trie.
    pub envelope: ReceiptEnvelope,
    /// Gas that this transaction used.
    pub gas_used: u64,
    /// The contract that it deployed, or was to deploy where it failed.
    pub contract_address: Option<Address>,
}

impl ExecutedReceipt {
    pub(super) fn new(
        transaction: &Transaction,
        result: ExecutionResult,
        cumulative_gas_used: u64,
    ) -> Self {
        let gas_used = result.tx_gas_used();
        let status = Eip658Value::Eip658(result.is_success());
        // As every Ethereum node answers: the address that a creation was to have, also where it failed.
        let environment = transaction.environment();
        let contract_address = environment
            .kind
            .is_create()
            .then(|| transaction.sender.create(environment.nonce));
        // revm reports logs of reverted transactions for tracers; a receipt has none.
        let logs = if result.is_success() {
            result.into_logs()
        } else {
            Vec::new()
        };
        let receipt = Receipt {
            status,
            cumulative_gas_used,
            logs,
        };
        Self {
            envelope: envelope(transaction, receipt),
            gas_used,
            contract_address,
        }
    }

    /// The receipt of a transaction that was not executed.
    pub(super) fn carried(transaction: &Transaction, cumulative_gas_used: u64) -> Self {
        let receipt = Receipt {
            status: Eip658Value::Eip658(true),
            cumulative_gas_used,
            logs: Vec::new(),
        };
        Self {
            envelope: envelope(transaction, receipt),
            gas_used: 0,
            contract_address: None,
        }
    }
}

fn envelope(transaction: &Transaction, receipt: Receipt) -> ReceiptEnvelope {
    ReceiptEnvelope::from_typed(transaction.envelope.tx_type(), receipt.with_bloom())
}

/// The result of executing a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What changes in state.
    pub changes: Changes,
    /// One for each transaction, in order.
    pub receipts: Vec<ExecutedReceipt>,
    /// Gas that all transactions used.
    pub gas_used: u64,
    /// All logs' bloom.
    pub logs_bloom: Bloom,
    /// Root of the receipts' trie.
    pub receipts_root: B256,
    /// Root of the transactions' trie.
    pub transactions_root: B256,
}

impl Outcome {
    pub(super) fn new(
        changes: Changes,
        receipts: Vec<ExecutedReceipt>,
        raws: &[Bytes],
        gas_used: u64,
    ) -> Self {
        let envelopes: Vec<_> = receipts.iter().map(|receipt| &receipt.envelope).collect();
        Self {
            changes,
            gas_used,
            logs_bloom: envelopes
                .iter()
                .fold(Bloom::ZERO, |bloom, envelope| bloom | envelope.bloom()),
            receipts_root: calculate_receipt_root(&envelopes),
            transactions_root: ordered_trie_root_encoded(raws),
            receipts,
        }
    }
}
