//! Whether a caller may read a transaction and its receipt.

use alloy_consensus::{Transaction, TxEnvelope};
use alloy_eips::eip2718::Decodable2718;
use alloy_primitives::Address;
use theriac_ledger::index::{ExecutedBlock, IndexedReceipt, IndexedTransaction};

use super::{
    Caller, Readers,
    chart::{Concern, concern, holds_charts},
};
use crate::ChainFailure;

impl Readers {
    /// Whether the caller may read this finalised transaction: its sender always; anyone else if no chart
    /// or recovery is touched, or as one whom each of them concerns. One that called a chart's contract and left no
    /// log, such as a refused one, is its sender's alone.
    ///
    /// # Errors
    /// [`ChainFailure`] if the node could not tell.
    pub(crate) async fn transaction(
        &self,
        caller: Caller,
        transaction: &IndexedTransaction,
        receipt: &IndexedReceipt,
    ) -> Result<bool, ChainFailure> {
        match caller {
            Caller::Nobody => return Ok(false),
            Caller::Anyone(_) => return Ok(true),
            Caller::Account(account) if account == transaction.sender => return Ok(true),
            Caller::Account(_) => {}
        }
        let mut concerns = 0;
        for log in &receipt.logs {
            match concern(log) {
                Concern::Open => {}
                Concern::Unknown => return Ok(false),
                Concern::Chart(chart) | Concern::Watched(chart, _) => {
                    concerns += 1;
                    if !self.chart(caller, chart).await? {
                        return Ok(false);
                    }
                }
                Concern::Recovery(account) => {
                    concerns += 1;
                    if !self.recovery(caller, account).await? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(concerns > 0 || !calls_charts(transaction))
    }

    /// Whether the caller may read this waiting transaction: its sender, or anyone if it does not call a
    /// chart's contract.
    pub(crate) fn waiting(&self, caller: Caller, transaction: &IndexedTransaction) -> bool {
        match caller {
            Caller::Nobody => false,
            Caller::Anyone(_) => true,
            Caller::Account(account) => account == transaction.sender || !calls_charts(transaction),
        }
    }

    /// Whether the caller may read every transaction of a block.
    ///
    /// # Errors
    /// [`ChainFailure`] if the node could not tell.
    pub(crate) async fn whole_block(
        &self,
        caller: Caller,
        block: &ExecutedBlock,
    ) -> Result<bool, ChainFailure> {
        for (transaction, receipt) in block.transactions.iter().zip(&block.receipts) {
            if !self.transaction(caller, transaction, receipt).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether a transaction is sent to a contract that holds charts. One that does not decode counts as such.
fn calls_charts(transaction: &IndexedTransaction) -> bool {
    match TxEnvelope::decode_2718(&mut transaction.raw.as_ref()) {
        Ok(envelope) => envelope.to().is_some_and(|to: Address| holds_charts(&to)),
        Err(_) => true,
    }
}
