//! What the patient leaves open for emergencies.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::SEALS,
    codes::Kinds,
    interfaces::ISeals::{breakGlassScopeCall, setBreakGlassCall},
};

impl Client {
    /// The kinds of records that may be opened in an emergency; none where it is forbidden.
    ///
    /// # Errors
    /// `Refused` for whom is no party of the chart; those of [`Client::call`].
    pub async fn break_glass_scope(&self, chart: B256) -> Result<Kinds, Error> {
        let kinds = self.call(SEALS, &breakGlassScopeCall { chart }).await?;
        Ok(Kinds(kinds))
    }

    /// Sets the kinds of records that may be opened in an emergency; none forbids it. Closes the chart's earlier openings.
    ///
    /// # Errors
    /// `Refused` for whom does not control the chart; those of [`Client::send`].
    pub async fn set_break_glass_scope(
        &self,
        chart: B256,
        kinds: Kinds,
    ) -> Result<TransactionReceipt, Error> {
        let kinds = kinds.0;
        self.send(SEALS, &setBreakGlassCall { chart, kinds }).await
    }
}
