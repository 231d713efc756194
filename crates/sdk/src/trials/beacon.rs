//! A block that the entering device knows, so that what it captures cannot have been captured before.

use crate::{Client, Error};
use theriac_contracts::interfaces::ITrials::When;

impl Client {
    /// The last final block as a beacon, with the claimed time of the observation in Unix milliseconds, or 0.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn beacon(&self, observed: u64) -> Result<When, Error> {
        let head = self.head().await?;
        Ok(When {
            observed,
            beaconHeight: head.number.to(),
            beaconHash: head.hash,
        })
    }
}
