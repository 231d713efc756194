//! An account's second key, which signs beside it.

use crate::{Client, Error, account::Account};
use alloy_primitives::{Address, Bytes};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::TRIALS,
    interfaces::ITrials::{factorOfCall, setFactorCall},
    signing::{self, domain},
};

impl Client {
    /// Sets the second key of this account; the one before it signs too, where there is one.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn set_factor(
        &self,
        factor: &Account,
        former: Option<&Account>,
    ) -> Result<TransactionReceipt, Error> {
        let domain = domain(self.chain_id().await?, TRIALS);
        let message = signing::Factor {
            account: self.address(),
            factor: factor.address(),
        };
        let sign = |key: &Account| Bytes::copy_from_slice(&key.sign_typed(&message, &domain));
        let call = setFactorCall {
            factor: factor.address(),
            signature: sign(factor),
            former: former.map(sign).unwrap_or_default(),
        };
        self.send(TRIALS, &call).await
    }

    /// The second key of an account; zero where it set none.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn factor_of(&self, account: Address) -> Result<Address, Error> {
        self.call(TRIALS, &factorOfCall { account }).await
    }
}
