//! A guardian names a successor.

use crate::{Client, Error};
use alloy_primitives::Address;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::RECOVERY, interfaces::IRecovery::proposeCall};

impl Client {
    /// Names a successor for an account that this one guards, which is this guardian's approval too.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn propose_successor(
        &self,
        account: Address,
        successor: Address,
    ) -> Result<TransactionReceipt, Error> {
        self.send(RECOVERY, &proposeCall { account, successor })
            .await
    }
}
