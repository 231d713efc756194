//! A delegation is ended.

use crate::{Client, Error};
use alloy_primitives::{Address, B256};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::DELEGATION, interfaces::IDelegation::dismissCall};

impl Client {
    /// Dismisses a delegate of a chart that this account controls, or lays this account's own office down.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn dismiss_delegate(
        &self,
        chart: B256,
        delegate: Address,
    ) -> Result<TransactionReceipt, Error> {
        self.send(DELEGATION, &dismissCall { chart, delegate })
            .await
    }
}
