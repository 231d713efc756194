//! Reads recoveries.

use crate::{Client, Error};
use alloy_primitives::Address;
use theriac_contracts::{
    Refusal,
    addresses::RECOVERY,
    interfaces::IRecovery::{recoveryCall, successionCall},
};

pub use theriac_contracts::interfaces::IRecovery::{Recovery, Succession};

impl Client {
    /// The newest recovery of an account; `None` where there never was one.
    ///
    /// # Errors
    /// `Refused` for whom that does not concern; those of [`Client::call`].
    pub async fn recovery(&self, account: Address) -> Result<Option<Recovery>, Error> {
        match self.call_agreed(RECOVERY, &recoveryCall { account }).await {
            Ok(recovery) => Ok(Some(recovery)),
            Err(Error::Refused(Refusal::RecoveryUnknown)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Who took the place of an account; `None` where nobody did.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn succession(&self, account: Address) -> Result<Option<Succession>, Error> {
        let found = self
            .call_agreed(RECOVERY, &successionCall { account })
            .await?;
        Ok((!found.successor.is_zero()).then_some(found))
    }
}
