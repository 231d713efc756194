//! An exit is undone.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PACKS, interfaces::IPacks::undoCall};

impl Client {
    /// Undoes an exit of this account's organisation within 10 days, with the secret to which it committed.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn undo_exit(
        &self,
        nullifier: B256,
        secret: B256,
    ) -> Result<TransactionReceipt, Error> {
        self.send(PACKS, &undoCall { nullifier, secret }).await
    }
}
