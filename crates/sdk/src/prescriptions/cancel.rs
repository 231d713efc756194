//! What is left of a prescription is cancelled.

use crate::{Client, Error};
use alloy_primitives::Address;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PRESCRIPTIONS, interfaces::IPrescriptions::cancelCall};

impl Client {
    /// Cancels what is left of a prescription, by any of its keys.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn cancel_prescription(&self, key: Address) -> Result<TransactionReceipt, Error> {
        self.send(PRESCRIPTIONS, &cancelCall { key }).await
    }
}
