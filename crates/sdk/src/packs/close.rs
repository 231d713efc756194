//! One-time keys are closed: what they held is shipped, received, unpacked or returned.

use crate::{Client, Error, account::Account};
use alloy_primitives::{B256, Bytes};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::PACKS,
    interfaces::IPacks::closeCall,
    signing::{self, domain},
};

impl Client {
    /// Closes 1 to 64 one-time keys with one commitment, each signing for this account alone.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn close_keys(
        &self,
        keys: &[Account],
        commitment: B256,
        document: B256,
    ) -> Result<TransactionReceipt, Error> {
        let call = self.closing_call(keys, commitment, document).await?;
        self.send(PACKS, &call).await
    }

    async fn closing_call(
        &self,
        keys: &[Account],
        commitment: B256,
        document: B256,
    ) -> Result<closeCall, Error> {
        let domain = domain(self.chain_id().await?, PACKS);
        let sign = |key: &Account| {
            let message = signing::Closing {
                key: key.address(),
                commitment,
                document,
                account: self.address(),
            };
            Bytes::copy_from_slice(&key.sign_typed(&message, &domain))
        };
        Ok(closeCall {
            keys: keys.iter().map(Account::address).collect(),
            commitment,
            document,
            signatures: keys.iter().map(sign).collect(),
        })
    }
}
