//! Votes on a proposal, and counts again.

use crate::{Client, Error};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::MEMBERS,
    interfaces::IMembers::{settleCall, voteAsCall, voteCall},
};

impl Client {
    /// Votes for all validators of this account's organisation that have not voted. The vote that decides also does what was decided.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn vote(&self, proposal: u64, support: bool) -> Result<TransactionReceipt, Error> {
        self.send(MEMBERS, &voteCall { proposal, support }).await
    }

    /// Votes for one validator of this account's organisation.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn vote_as(
        &self,
        proposal: u64,
        validator: u64,
        support: bool,
    ) -> Result<TransactionReceipt, Error> {
        let call = voteAsCall {
            proposal,
            validator,
            support,
        };
        self.send(MEMBERS, &call).await
    }

    /// Lets the votes be counted again after a validator left, or an expiry be written.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn settle(&self, proposal: u64) -> Result<TransactionReceipt, Error> {
        self.send(MEMBERS, &settleCall { proposal }).await
    }
}
