//! Reads charts and the ledger's entries of records.

use crate::{Client, Error, pages::pages};
use alloy_primitives::B256;
use theriac_contracts::{
    addresses::RECORDS,
    interfaces::IRecords::{chartCall, chartsCall, recordCall, recordsCall},
};

pub use theriac_contracts::interfaces::IRecords::{Chart, Record};

impl Client {
    /// A chart.
    ///
    /// # Errors
    /// `Refused` for whom is no party of the chart; those of [`Client::call`].
    pub async fn chart(&self, chart: B256) -> Result<Chart, Error> {
        self.call_agreed(RECORDS, &chartCall { id: chart }).await
    }

    /// The charts that this account controls.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn charts(&self) -> Result<Vec<Chart>, Error> {
        pages(|from, limit| async move {
            let answer = self.call(RECORDS, &chartsCall { from, limit }).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// The ledger's entry of a record, in its newest version.
    ///
    /// # Errors
    /// `Refused` for whom is no party of the chart; those of [`Client::call`].
    pub async fn record(&self, record: B256) -> Result<Record, Error> {
        self.call_agreed(RECORDS, &recordCall { id: record }).await
    }

    /// The entries of all records of a chart, in order of registration, withdrawn ones included.
    ///
    /// # Errors
    /// `Refused` for whom is no party of the chart; those of [`Client::call`].
    pub async fn records(&self, chart: B256) -> Result<Vec<Record>, Error> {
        pages(|from, limit| async move {
            let answer = self
                .call(RECORDS, &recordsCall { chart, from, limit })
                .await?;
            Ok((answer.page, answer.total))
        })
        .await
    }
}
