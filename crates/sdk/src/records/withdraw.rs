//! Withdraws a record for ever.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::RECORDS, interfaces::IRecords::withdrawCall};

impl Client {
    /// Withdraws a record; this account is its author.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn withdraw_record(&self, record: B256) -> Result<TransactionReceipt, Error> {
        self.send(RECORDS, &withdrawCall { record }).await
    }
}
