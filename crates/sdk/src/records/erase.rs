//! Has a withdrawn record erased by every member, and keeps one from that.

use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use serde_json::{Value, json};
use theriac_contracts::{
    addresses::RECORDS,
    interfaces::IRecords::{eraseCall, heldUntilCall, releaseHoldCall, setHoldCall},
};

impl Client {
    /// Orders that a withdrawn record be erased; this account is its author or controls its chart.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn erase_record(&self, record: B256) -> Result<TransactionReceipt, Error> {
        self.send(RECORDS, &eraseCall { record }).await
    }

    /// The members' receipts for erasing a record: `theriac_getErasure`. Null where the node that answers has not erased it.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn erasure(&self, record: B256) -> Result<Value, Error> {
        let subject = json!({ "record": record });
        self.nodes().request("theriac_getErasure", &[subject]).await
    }

    /// Keeps a record from being erased until a time, in unix seconds.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn hold_record(&self, record: B256, until: u64) -> Result<TransactionReceipt, Error> {
        self.send(RECORDS, &setHoldCall { record, until }).await
    }

    /// Ends a hold before its time.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn release_hold(&self, record: B256) -> Result<TransactionReceipt, Error> {
        self.send(RECORDS, &releaseHoldCall { record }).await
    }

    /// Until when a record must be kept, in unix seconds; 0 where no hold stands.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn held_until(&self, record: B256) -> Result<u64, Error> {
        self.call(RECORDS, &heldUntilCall { record }).await
    }
}
