//! The old key objects.

use crate::{Client, Error};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::RECOVERY, interfaces::IRecovery::vetoCall};

impl Client {
    /// Objects to the recovery of this account: one more guardian is needed, at most all, and the delay begins anew.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn veto_recovery(&self) -> Result<TransactionReceipt, Error> {
        self.send(RECOVERY, &vetoCall {}).await
    }
}
