//! A block that the entering device knows, so that what it captures cannot have been captured before.

use crate::{Client, Error, watch::Head};
use alloy_primitives::U64;
use serde_json::json;
use theriac_contracts::interfaces::ITrials::When;

impl Client {
    /// The block before the last final one as a beacon, with the claimed time of the observation in Unix milliseconds, or 0. Estimates run as if in the last
    /// block, which a beacon must be below.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn beacon(&self, observed: u64) -> Result<When, Error> {
        let last: u64 = self.head().await?.number.to();
        let height = U64::from(last.saturating_sub(1));
        let params = [json!(height), json!(false)];
        let block: Head = self
            .nodes()
            .request("eth_getBlockByNumber", &params)
            .await?;
        Ok(When {
            observed,
            beaconHeight: block.number.to(),
            beaconHash: block.hash,
        })
    }
}
