//! A manufacturer claims a product, or changes where others ask.

use crate::{Client, Error};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{OrganisationId, addresses::PACKS, interfaces::IPacks::setProductCall};

impl Client {
    /// Enters who answers for a product, and the https address at which others ask about its packs, or an empty text.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn set_product(
        &self,
        gtin: u64,
        holder: OrganisationId,
        responder: &str,
    ) -> Result<TransactionReceipt, Error> {
        let call = setProductCall {
            gtin,
            holder: holder.0,
            responder: responder.to_owned(),
        };
        self.send(PACKS, &call).await
    }
}
