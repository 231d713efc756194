//! Reads prescriptions and their fills.

use crate::{Client, Error};
use alloy_primitives::Address;
use theriac_contracts::{
    addresses::PRESCRIPTIONS,
    interfaces::IPrescriptions::{fillOfCall, prescriptionCall},
};

pub use theriac_contracts::interfaces::IPrescriptions::{Fill, Prescription};

impl Client {
    /// A prescription, by any of its keys.
    ///
    /// # Errors
    /// `Refused` where no prescription has this key; those of [`Client::call`].
    pub async fn prescription(&self, key: Address) -> Result<Prescription, Error> {
        self.call(PRESCRIPTIONS, &prescriptionCall { key }).await
    }

    /// The fill that spent a key; `None` while it is not spent.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn fill_of(&self, key: Address) -> Result<Option<Fill>, Error> {
        let fill = self.call(PRESCRIPTIONS, &fillOfCall { key }).await?;
        Ok((!fill.key.is_zero()).then_some(fill))
    }
}
