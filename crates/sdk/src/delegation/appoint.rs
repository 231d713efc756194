//! The controller appoints a delegate.

use crate::{Client, Error};
use alloy_primitives::{Address, B256};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::DELEGATION,
    codes::{DelegationKind, Kinds, Purposes},
    interfaces::IDelegation::appointCall,
};

/// A delegation to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewDelegate {
    /// The chart.
    pub chart: B256,
    /// Who is to act for its controller.
    pub delegate: Address,
    /// As guardian or as proxy.
    pub kind: DelegationKind,
    /// The kinds of record; empty for all.
    pub kinds: Kinds,
    /// The purposes; empty for all.
    pub purposes: Purposes,
    /// Unix seconds from which it counts; 0 for at once.
    pub from: u64,
    /// Unix seconds at which it ends; 0 for a guardian who is there until majority.
    pub until: u64,
    /// Unix seconds at which a guardian's right ends by itself; 0 where that does not apply.
    pub majority: u64,
}

impl Client {
    /// Appoints a delegate for a chart that this account controls, or gives one other terms.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn appoint_delegate(&self, new: NewDelegate) -> Result<TransactionReceipt, Error> {
        let call = appointCall {
            chart: new.chart,
            delegate: new.delegate,
            kind: new.kind.code(),
            kinds: new.kinds.0,
            purposes: new.purposes.0,
            from: new.from,
            until: new.until,
            majority: new.majority,
        };
        self.send(DELEGATION, &call).await
    }
}
