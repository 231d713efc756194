//! Events that belong to no other entry are committed to.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PACKS, interfaces::IPacks::commitCall};

impl Client {
    /// Enters 1 to 64 salted commitments, each once ever.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn commit_documents(
        &self,
        documents: Vec<B256>,
    ) -> Result<TransactionReceipt, Error> {
        self.send(PACKS, &commitCall { documents }).await
    }
}
