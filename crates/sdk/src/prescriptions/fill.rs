//! A pharmacist takes a fill, for which the patient's one-time key signs.

use crate::{Client, Error, account::Account};
use alloy_primitives::{Address, B256, Bytes};
use alloy_rpc_types_eth::TransactionReceipt;
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    addresses::PRESCRIPTIONS,
    interfaces::IPrescriptions::fillCall,
    signing::{self, domain},
};

/// A fill of a prescription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFill {
    /// The next one-time key of the patient, or zero with the last fill.
    pub next: Address,
    /// Commitment to what is handed out.
    pub dispensed: B256,
    /// Commitment to what is left.
    pub left: B256,
    /// The pharmacist who may take it.
    pub pharmacist: Address,
}

/// A fill for which the prescription's key signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedFill {
    /// The key that is spent.
    pub key: Address,
    /// What is filled.
    pub fill: NewFill,
    /// EIP-712, 65 bytes.
    pub signature: Bytes,
}

impl SignedFill {
    /// The holder of the key agrees to the fill.
    #[must_use]
    pub fn sign(key: &Account, fill: NewFill, chain_id: u64) -> Self {
        let message = signing::Fill {
            key: key.address(),
            next: fill.next,
            dispensed: fill.dispensed,
            left: fill.left,
            pharmacist: fill.pharmacist,
        };
        let signature = key.sign_typed(&message, &domain(chain_id, PRESCRIPTIONS));
        Self {
            key: key.address(),
            fill,
            signature: Bytes::copy_from_slice(&signature),
        }
    }
}

impl Client {
    /// Takes a fill as this account; `document` is a salted commitment or zero.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn fill_prescription(
        &self,
        signed: &SignedFill,
        document: B256,
    ) -> Result<TransactionReceipt, Error> {
        let call = fillCall {
            key: signed.key,
            next: signed.fill.next,
            dispensed: signed.fill.dispensed,
            left: signed.fill.left,
            document,
            signature: signed.signature.clone(),
        };
        self.send(PRESCRIPTIONS, &call).await
    }
}
