//! Receipts in JSON.

use alloy_consensus::{ReceiptEnvelope, Transaction};
use alloy_primitives::TxKind;
use alloy_rpc_types_eth::{Log, TransactionReceipt};
use theriac_ledger::index::{ExecutedBlock, IndexedLog, Located, SealedHeader};

use super::{log_view, transaction::decode};
use crate::ChainFailure;

/// A receipt in JSON.
pub(crate) type ReceiptView = TransactionReceipt<ReceiptEnvelope<Log>>;

/// The receipts of a block, in order.
pub(crate) fn locate_all(block: &ExecutedBlock) -> impl Iterator<Item = Located> {
    let sealed = SealedHeader {
        hash: block.hash,
        header: block.header.clone(),
    };
    let mut logs_before = 0;
    let pairs = block.transactions.iter().zip(&block.receipts).zip(0u32..);
    pairs.map(move |((transaction, receipt), index)| {
        let located = Located {
            block: sealed.clone(),
            index,
            transaction: transaction.clone(),
            receipt: receipt.clone(),
            logs_before,
        };
        logs_before += receipt.logs.len() as u64;
        located
    })
}

/// The receipt of a transaction.
pub(crate) fn receipt_view(located: &Located) -> Result<ReceiptView, ChainFailure> {
    let receipt = &located.receipt;
    let to = match decode(&located.transaction)?.kind() {
        TxKind::Call(to) => Some(to),
        TxKind::Create => None,
    };
    let mut log_index = located.logs_before;
    let inner = receipt.envelope().map_logs(|log| {
        let index = log_index;
        log_index += 1;
        log_view(IndexedLog {
            height: located.block.header.number,
            block_hash: located.block.hash,
            time: located.block.header.timestamp,
            transaction_hash: located.transaction.hash,
            transaction_index: located.index,
            log_index: index,
            log,
        })
    });
    Ok(TransactionReceipt {
        inner,
        transaction_hash: located.transaction.hash,
        transaction_index: Some(located.index.into()),
        block_hash: Some(located.block.hash),
        block_number: Some(located.block.header.number),
        gas_used: receipt.gas_used,
        effective_gas_price: 0,
        blob_gas_used: None,
        blob_gas_price: None,
        from: located.transaction.sender,
        to,
        contract_address: receipt.contract_address,
    })
}
