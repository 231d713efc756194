//! Whether a caller may read a log.

use alloy_primitives::Log;

use super::{
    Caller, Readers,
    chart::{Concern, concern},
};
use crate::ChainFailure;

impl Readers {
    /// Whether the caller may read this log: one of a chart only as its party, or, where
    /// it concerns an organisation, as one who watches over privacy there; one of a recovery only as one whom it concerns.
    ///
    /// # Errors
    /// [`ChainFailure`] if the node could not tell.
    pub(crate) async fn log(&self, caller: Caller, log: &Log) -> Result<bool, ChainFailure> {
        match (caller, concern(log)) {
            (Caller::Nobody, _) => Ok(false),
            (Caller::Anyone(_), _) => Ok(true),
            (Caller::Account(_), Concern::Open) => Ok(true),
            (Caller::Account(_), Concern::Chart(chart)) => self.chart(caller, chart).await,
            (Caller::Account(account), Concern::Watched(chart, organisation)) => {
                Ok(self.chart(caller, chart).await? || self.watches(organisation, account).await?)
            }
            (Caller::Account(_), Concern::Recovery(account)) => {
                self.recovery(caller, account).await
            }
            (Caller::Account(_), Concern::Unknown) => Ok(false),
        }
    }
}
