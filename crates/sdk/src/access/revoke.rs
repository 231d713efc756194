//! The patient revokes a grant.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::ACCESS, interfaces::IAccess::revokeCall};

impl Client {
    /// Revokes a grant, or an admission by rule, for ever. No opening is admitted at or after its block.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn revoke(&self, grant: B256) -> Result<TransactionReceipt, Error> {
        self.send(ACCESS, &revokeCall { id: grant }).await
    }
}
