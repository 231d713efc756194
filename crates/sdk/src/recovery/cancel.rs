//! Guardians end a recovery.

use crate::{Client, Error};
use alloy_primitives::Address;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::RECOVERY, interfaces::IRecovery::cancelCall};

impl Client {
    /// Votes to end the recovery of an account that this one guards, and takes this guardian's approval back.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn cancel_recovery(&self, account: Address) -> Result<TransactionReceipt, Error> {
        self.send(RECOVERY, &cancelCall { account }).await
    }
}
