//! Reads delegations.

use crate::{Client, Error, pages::pages};
use alloy_primitives::B256;
use theriac_contracts::{
    addresses::DELEGATION,
    codes::{Kinds, Purpose},
    interfaces::IDelegation::{actsForCall, delegatesCall, mandatesCall},
};

pub use theriac_contracts::interfaces::IDelegation::Delegation;

impl Client {
    /// The delegates of a chart, those whose time is over included.
    ///
    /// # Errors
    /// `Refused` for whom is no party of the chart; those of [`Client::call`].
    pub async fn delegates(&self, chart: B256) -> Result<Vec<Delegation>, Error> {
        pages(|from, limit| async move {
            let call = delegatesCall { chart, from, limit };
            let answer = self.call(DELEGATION, &call).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// Whether this account acts for the controller of a chart now, in all of these kinds and for this purpose.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn acts_for(
        &self,
        chart: B256,
        kinds: Kinds,
        purpose: Purpose,
    ) -> Result<bool, Error> {
        let call = actsForCall {
            chart,
            account: self.address(),
            kinds: kinds.0,
            purpose: purpose.code(),
        };
        self.call(DELEGATION, &call).await
    }

    /// The delegations that this account has, those whose time is over included.
    ///
    /// # Errors
    /// Those of [`Client::call`].
    pub async fn mandates(&self) -> Result<Vec<Delegation>, Error> {
        let mut all = pages(|from, limit| async move {
            let call = mandatesCall { from, limit };
            let answer = self.call(DELEGATION, &call).await?;
            Ok((answer.page, answer.total))
        })
        .await?;
        all.retain(|delegation| delegation.kind != 0);
        Ok(all)
    }
}
