//! A guardian approves a successor.

use crate::{Client, Error};
use alloy_primitives::Address;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::RECOVERY, interfaces::IRecovery::approveCall};

impl Client {
    /// Approves a successor whom a guardian has proposed.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn approve_successor(
        &self,
        account: Address,
        successor: Address,
    ) -> Result<TransactionReceipt, Error> {
        self.send(RECOVERY, &approveCall { account, successor })
            .await
    }
}
