//! The patient gives access unasked, wrapped to the key that the grantee has published.

use super::wraps::{Terms, wrap_records};
use crate::{Client, Error, client::event};
use alloy_primitives::{Address, B256};
use theriac_contracts::{
    addresses::ACCESS,
    codes::{Kinds, Purpose},
    interfaces::IAccess::{LogEntry, grantCall},
};

/// A grant to be given.
#[derive(Clone, Copy, Debug)]
pub struct NewGrant {
    /// The chart.
    pub chart: B256,
    /// Who may read.
    pub grantee: Address,
    /// One record, or `None` for the chart's records of these kinds.
    pub record: Option<B256>,
    /// The kinds of record; empty for one record.
    pub kinds: Kinds,
    /// Why.
    pub purpose: Purpose,
    /// Unix seconds at which the grant ends.
    pub expiry: u64,
}

/// A grant that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Its identifier.
    pub grant: B256,
    /// How many records it opens now.
    pub records: usize,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Gives access unasked. A wrap is bound to its grant, so the identifier is asked of the contract first; where another
    /// request of the chart came between, the grant is revoked at once.
    ///
    /// # Errors
    /// `NoPublishedKey` of the grantee; `GrantRaced`; `Refused`; those of [`Client::send`] and of wrapping.
    pub async fn grant(&self, new: NewGrant) -> Result<Granted, Error> {
        let key = B256::new(self.published_key(new.grantee).await?.id().0);
        let mut call = grantCall {
            chart: new.chart,
            grantee: new.grantee,
            record: new.record.unwrap_or_default(),
            purpose: new.purpose.code(),
            kinds: new.kinds.0,
            expiry: new.expiry,
            key,
            // Any wrap but zero: the identifier does not depend on it.
            wrap: key,
        };
        let expected = self.call(ACCESS, &call).await?;
        let terms = Terms {
            chart: call.chart,
            record: call.record,
            kinds: new.kinds,
            grant: expected,
            purpose: new.purpose.word(),
            expiry: call.expiry,
            key,
        };
        let (wrap, records) = wrap_records(self, &terms).await?;
        call.wrap = wrap;
        let receipt = self.send(ACCESS, &call).await?;
        let grant = event::<LogEntry>(&receipt, ACCESS)?.subject;
        if grant != expected {
            self.revoke(grant).await?;
            return Err(Error::GrantRaced);
        }
        let height = receipt.block_number.unwrap_or_default();
        Ok(Granted {
            grant,
            records,
            transaction: receipt.transaction_hash,
            height,
        })
    }
}
