//! A recovery whose delay is over is executed, and its charts are moved.

use crate::{Client, Error};
use alloy_primitives::{Address, B256};
use theriac_contracts::{
    addresses::RECOVERY,
    interfaces::IRecovery::{executeCall, moveChartsCall},
};

/// A recovery that was executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Executed {
    /// The key that stands for the person now.
    pub successor: Address,
    /// Charts that it controls, all of them moved.
    pub charts: u64,
    /// The last transaction; zero where nothing was left to do.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Executes the recovery of an account and moves its charts, as many transactions as that takes. For an account that was replaced
    /// already, moves what is left.
    ///
    /// # Errors
    /// `Refused`: approvals are missing, the delay is not over; those of [`Client::send`].
    pub async fn execute_recovery(&self, account: Address) -> Result<Executed, Error> {
        let (mut transaction, mut height) = (B256::ZERO, 0);
        if self.succession(account).await?.is_none() {
            let receipt = self.send(RECOVERY, &executeCall { account }).await?;
            transaction = receipt.transaction_hash;
            height = receipt.block_number.unwrap_or_default();
        }
        loop {
            let found = self
                .succession(account)
                .await?
                .ok_or(Error::MalformedAnswer("succession"))?;
            if found.moved >= found.charts {
                return Ok(Executed {
                    successor: found.successor,
                    charts: found.charts,
                    transaction,
                    height,
                });
            }
            let receipt = self.send(RECOVERY, &moveChartsCall { account }).await?;
            transaction = receipt.transaction_hash;
            height = receipt.block_number.unwrap_or_default();
        }
    }
}
