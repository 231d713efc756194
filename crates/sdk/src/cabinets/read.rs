//! Reads cabinets, balances and discrepancies.

use crate::{Client, Error, pages::pages};
use alloy_primitives::B256;
use theriac_contracts::{
    OrganisationId,
    addresses::CABINETS,
    interfaces::ICabinets::{
        balancesCall, cabinetCall, discrepancyByNumberCall, openDiscrepanciesCall,
        overdueDiscrepanciesCall,
    },
};

pub use theriac_contracts::interfaces::ICabinets::{Balances, Cabinet, Discrepancy};

impl Client {
    /// A cabinet of this account's organisation, or one that it audits.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::call`].
    pub async fn cabinet(&self, id: B256) -> Result<Cabinet, Error> {
        self.call(CABINETS, &cabinetCall { id }).await
    }

    /// The running balances of an item; zeros where nothing was recorded.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::call`].
    pub async fn balances(&self, cabinet: B256, item: B256) -> Result<Balances, Error> {
        self.call(CABINETS, &balancesCall { cabinet, item }).await
    }

    /// A discrepancy.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::call`].
    pub async fn discrepancy(&self, number: u64) -> Result<Discrepancy, Error> {
        self.call(CABINETS, &discrepancyByNumberCall { number })
            .await
    }

    /// Discrepancies of this account's organisation that are not explained.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::call`].
    pub async fn open_discrepancies(
        &self,
        organisation: OrganisationId,
    ) -> Result<Vec<Discrepancy>, Error> {
        pages(|from, limit| async move {
            let call = openDiscrepanciesCall {
                organisation: organisation.0,
                from,
                limit,
            };
            let answer = self.call(CABINETS, &call).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// How many of these are past their time.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::call`].
    pub async fn overdue_discrepancies(&self, organisation: OrganisationId) -> Result<u64, Error> {
        let organisation = organisation.0;
        let call = overdueDiscrepanciesCall { organisation };
        self.call(CABINETS, &call).await
    }
}
