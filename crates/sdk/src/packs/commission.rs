//! A manufacturer enters a lot.

use crate::{Client, Error};
use alloy_primitives::{Address, B256};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{addresses::PACKS, interfaces::IPacks::commissionCall};

/// A lot to be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLot {
    /// Root of the trie of its pack tags.
    pub root: B256,
    /// A fresh one-time key, which holds the packs.
    pub key: Address,
    /// Salted commitment to the commissioning event, or zero.
    pub document: B256,
}

impl Client {
    /// Enters a lot, once ever.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn commission_lot(&self, new: NewLot) -> Result<TransactionReceipt, Error> {
        let call = commissionCall {
            root: new.root,
            key: new.key,
            document: new.document,
        };
        self.send(PACKS, &call).await
    }
}
