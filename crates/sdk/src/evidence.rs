//! Fetches evidence: facts with their proofs, which anyone who knows the network's key can check offline.

use crate::{Client, Error};
use alloy_primitives::B256;
use serde_json::{Value, json};

impl Client {
    /// The evidence bundle of a record: that it was registered with its commitment, at its height and time.
    ///
    /// # Errors
    /// `NotAllowed` for whom is no party; those of a call.
    pub async fn record_evidence(&self, record: B256) -> Result<Value, Error> {
        self.nodes()
            .request("theriac_getEvidence", &[json!({ "record": record })])
            .await
    }

    /// The evidence bundle of a chart: that its requests, decisions and grants are complete up to its height.
    ///
    /// # Errors
    /// `NotAllowed` for whom is no party; those of a call.
    pub async fn chart_evidence(&self, chart: B256) -> Result<Value, Error> {
        self.nodes()
            .request("theriac_getEvidence", &[json!({ "chart": chart })])
            .await
    }
}
