//! When something was observed, and a block that this side knew by then.

use alloy_primitives::B256;
use theriac_sdk::trials::When;

use super::{Error, Party};

impl Party {
    /// The newest block as a beacon; the newest that the book knows where no node answers.
    pub(super) async fn when(&self, observed: u64) -> Result<When, Error> {
        match self.client.beacon(observed).await {
            Ok(when) => {
                self.book.keep_beacon(when.beaconHeight, when.beaconHash)?;
                Ok(when)
            }
            Err(theriac_sdk::Error::Unreachable { .. }) => {
                let (height, hash) = self.book.beacon()?;
                Ok(When {
                    observed,
                    beaconHeight: height,
                    beaconHash: if height == 0 { B256::ZERO } else { hash },
                })
            }
            Err(error) => Err(error.into()),
        }
    }
}
