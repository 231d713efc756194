//! The patient denies a request.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::ACCESS, interfaces::IAccess::denyCall};

impl Client {
    /// Denies a pending request of a chart that this account controls.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn deny(&self, request: B256) -> Result<TransactionReceipt, Error> {
        self.send(ACCESS, &denyCall { id: request }).await
    }
}
