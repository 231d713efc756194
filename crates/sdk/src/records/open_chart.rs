//! Opens a chart under a fresh random identifier.

use crate::{Client, Error, random};
use alloy_primitives::{Address, B256};
use theriac_contracts::{addresses::RECORDS, interfaces::IRecords::openChartCall};

/// A chart that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedChart {
    /// Its pseudonymous identifier.
    pub chart: B256,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Opens a chart that `controller` controls: the account itself, or a patient for whom an author acts.
    ///
    /// # Errors
    /// `Refused`: not enrolled, the role may not write, the controller is no patient. Those of [`Client::send`].
    pub async fn open_chart(&self, controller: Address) -> Result<OpenedChart, Error> {
        let chart = B256::new(random());
        let receipt = self
            .send(RECORDS, &openChartCall { chart, controller })
            .await?;
        Ok(OpenedChart {
            chart,
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }
}
