//! A cabinet is opened.

use crate::{Client, Error, random};
use alloy_primitives::B256;
use theriac_contracts::{OrganisationId, addresses::CABINETS, interfaces::ICabinets::openCall};

impl Client {
    /// Opens a cabinet for this account's organisation and returns its identifier; a regulator may audit it.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn open_cabinet(&self, auditor: Option<OrganisationId>) -> Result<B256, Error> {
        let call = openCall {
            cabinet: B256::new(random()),
            auditor: auditor.map_or(0, |auditor| auditor.0),
        };
        self.send(CABINETS, &call).await?;
        Ok(call.cabinet)
    }
}
