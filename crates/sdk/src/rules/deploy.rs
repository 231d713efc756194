//! A contract comes onto the ledger.

use crate::{Client, Error, account::Fees};
use alloy_primitives::{Address, Bytes, TxKind};

impl Client {
    /// Makes a contract from creation code with its encoded arguments, waits until it is final, and returns its address.
    ///
    /// # Errors
    /// `Reverted` where the constructor refuses; those of [`Client::send`].
    pub async fn deploy(&self, code: Bytes) -> Result<Address, Error> {
        let receipt = self.transact(TxKind::Create, code, Fees::default()).await?;
        receipt
            .contract_address
            .ok_or(Error::MalformedAnswer("contract address"))
    }
}
