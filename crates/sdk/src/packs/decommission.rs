//! Packs leave otherwise than by being dispensed.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PACKS, codes::ExitKind, interfaces::IPacks::decommissionCall};

impl Client {
    /// Lets 1 to 64 packs leave by their nullifiers, all or none; `undo` as for [`Client::dispense_packs`].
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn decommission_packs(
        &self,
        nullifiers: Vec<B256>,
        kind: ExitKind,
        undo: Vec<B256>,
    ) -> Result<TransactionReceipt, Error> {
        let call = decommissionCall {
            nullifiers,
            kind: kind.code(),
            undo,
        };
        self.send(PACKS, &call).await
    }
}
