//! A discrepancy is explained.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::CABINETS, codes::DiscrepancyOutcome, interfaces::ICabinets::explainCall,
};

impl Client {
    /// Explains a discrepancy, as neither of the two who counted; `document` is a salted commitment to the report.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn explain_discrepancy(
        &self,
        discrepancy: u64,
        outcome: DiscrepancyOutcome,
        document: B256,
    ) -> Result<TransactionReceipt, Error> {
        let call = explainCall {
            discrepancy,
            outcome: outcome.code(),
            document,
        };
        self.send(CABINETS, &call).await
    }
}
