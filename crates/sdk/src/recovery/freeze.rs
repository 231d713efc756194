//! Guardians freeze a key while its recovery is open.

use crate::{Client, Error};
use alloy_primitives::Address;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::RECOVERY, interfaces::IRecovery::freezeCall};

impl Client {
    /// Votes to freeze the key of an account that this one guards. With the threshold of votes it can do nothing until the recovery ends.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn freeze_key(&self, account: Address) -> Result<TransactionReceipt, Error> {
        self.send(RECOVERY, &freezeCall { account }).await
    }
}
