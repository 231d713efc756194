//! Packs are dispensed.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PACKS, interfaces::IPacks::dispenseCall};

impl Client {
    /// Dispenses 1 to 64 packs by their nullifiers, all or none; `undo` holds for each the commitment to the secret that undoes it, or zero.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn dispense_packs(
        &self,
        nullifiers: Vec<B256>,
        undo: Vec<B256>,
    ) -> Result<TransactionReceipt, Error> {
        self.send(PACKS, &dispenseCall { nullifiers, undo }).await
    }
}
