//! Transactions in JSON.

use alloy_consensus::{TxEnvelope, transaction::Recovered};
use alloy_eips::eip2718::Decodable2718;
use alloy_rpc_types_eth::Transaction;
use theriac_ledger::index::{ExecutedBlock, IndexedTransaction, Located};

use crate::ChainFailure;

/// A transaction in JSON.
pub(crate) type TransactionView = Transaction<TxEnvelope>;

/// The transaction at `index` of a block.
pub(crate) fn transaction_view(
    block: &ExecutedBlock,
    index: usize,
) -> Result<TransactionView, ChainFailure> {
    let mut view = pending_view(&block.transactions[index])?;
    view.block_hash = Some(block.hash);
    view.block_number = Some(block.height());
    view.block_timestamp = Some(block.header.timestamp);
    view.transaction_index = Some(index as u64);
    Ok(view)
}

/// A transaction that was found by its hash.
pub(crate) fn located_view(located: &Located) -> Result<TransactionView, ChainFailure> {
    let mut view = pending_view(&located.transaction)?;
    view.block_hash = Some(located.block.hash);
    view.block_number = Some(located.block.header.number);
    view.block_timestamp = Some(located.block.header.timestamp);
    view.transaction_index = Some(located.index.into());
    Ok(view)
}

/// A transaction that waits.
pub(crate) fn pending_view(
    transaction: &IndexedTransaction,
) -> Result<TransactionView, ChainFailure> {
    Ok(Transaction {
        inner: Recovered::new_unchecked(decode(transaction)?, transaction.sender),
        block_hash: None,
        block_number: None,
        transaction_index: None,
        // The price is zero whatever the transaction offers.
        effective_gas_price: Some(0),
        block_timestamp: None,
    })
}

/// The transaction behind the bytes.
pub(crate) fn decode(transaction: &IndexedTransaction) -> Result<TxEnvelope, ChainFailure> {
    TxEnvelope::decode_2718(&mut transaction.raw.as_ref()).map_err(ChainFailure::new)
}
