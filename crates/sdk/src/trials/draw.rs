//! The block whose random value orders a list.

use crate::{Client, Error, trials::Entered};
use alloy_primitives::{B256, Bytes, U64};
use serde_json::json;
use theriac_contracts::interfaces::ITrials::drawListCall;

impl Client {
    /// The RLP of the header of a block.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn raw_header(&self, height: u64) -> Result<Bytes, Error> {
        self.nodes()
            .request("debug_getRawHeader", &[json!(U64::from(height))])
            .await
    }

    /// Shows the ledger the header of a list's block.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn draw_list(&self, study: B256, list: u16) -> Result<Vec<Entered>, Error> {
        let height = self.trial_list(study, list).await?.height;
        let header = self.raw_header(height).await?;
        let call = drawListCall {
            study,
            list,
            header,
        };
        self.enter_trial(&call).await
    }
}
