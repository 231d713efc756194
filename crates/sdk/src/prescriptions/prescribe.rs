//! A physician prescribes.

use crate::{Client, Error};
use alloy_primitives::{Address, B256};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PRESCRIPTIONS, interfaces::IPrescriptions::prescribeCall};

/// A prescription to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPrescription {
    /// A fresh one-time key, which the patient holds.
    pub key: Address,
    /// Salted commitment to the prescription itself.
    pub terms: B256,
    /// 1 to 100.
    pub fills: u8,
    /// Pedersen commitment to the whole amount.
    pub quantity: B256,
    /// Unix seconds from which it counts.
    pub from: u64,
    /// Unix seconds at which it ends.
    pub until: u64,
}

impl Client {
    /// Prescribes.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn prescribe(&self, new: NewPrescription) -> Result<TransactionReceipt, Error> {
        let call = prescribeCall {
            key: new.key,
            terms: new.terms,
            fills: new.fills,
            quantity: new.quantity,
            from: new.from,
            until: new.until,
        };
        self.send(PRESCRIPTIONS, &call).await
    }
}
