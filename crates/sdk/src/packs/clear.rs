//! A flag is cleared.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PACKS, interfaces::IPacks::clearCall};

impl Client {
    /// Clears a flag, once.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn clear_flag(&self, number: u64, notice: B256) -> Result<TransactionReceipt, Error> {
        self.send(PACKS, &clearCall { number, notice }).await
    }
}
