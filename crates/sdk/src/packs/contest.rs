//! The holder of a pack strikes the exit that another organisation entered for it.

use super::CustodyProof;
use crate::{Client, Error, account::Account};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::PACKS,
    interfaces::IPacks::contestCall,
    signing::{self, domain},
};

impl Client {
    /// Strikes the exit of a pack, as who holds the key to which the proof leads. It reveals the pack's tag.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn contest_exit(
        &self,
        tag: B256,
        proof: CustodyProof,
        holder: &Account,
    ) -> Result<TransactionReceipt, Error> {
        let domain = domain(self.chain_id().await?, PACKS);
        let message = signing::Contest {
            tag,
            account: self.address(),
        };
        let signature = holder.sign_typed(&message, &domain).to_vec().into();
        let call = contestCall {
            tag,
            proof,
            signature,
        };
        self.send(PACKS, &call).await
    }
}
