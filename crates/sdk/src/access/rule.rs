//! The patient's rules: who is denied or admitted without her being asked.

use crate::{Client, Error, pages::pages};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::ACCESS,
    interfaces::IAccess::{removeRuleCall, rulesCall, setRuleCall},
};

pub use theriac_contracts::interfaces::IAccess::{NumberedRule, Rule};

impl Client {
    /// The rules of a chart that this account controls; removed ones have effect 0.
    ///
    /// # Errors
    /// `Refused` for whom does not control the chart; those of [`Client::call`].
    pub async fn rules(&self, chart: B256) -> Result<Vec<NumberedRule>, Error> {
        pages(|from, limit| async move {
            let answer = self.call(ACCESS, &rulesCall { chart, from, limit }).await?;
            Ok((answer.page, answer.total))
        })
        .await
    }

    /// Sets the rule at an index, or adds one at the next index, which is returned.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn set_rule(
        &self,
        chart: B256,
        index: Option<u32>,
        rule: Rule,
    ) -> Result<u32, Error> {
        let index = match index {
            Some(index) => index,
            None => u32::try_from(self.rules(chart).await?.len())
                .map_err(|_| Error::MalformedAnswer("rule count"))?,
        };
        self.send(ACCESS, &setRuleCall { chart, index, rule })
            .await?;
        Ok(index)
    }

    /// Removes the rule at an index; the others keep theirs.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn remove_rule(&self, chart: B256, index: u32) -> Result<TransactionReceipt, Error> {
        self.send(ACCESS, &removeRuleCall { chart, index }).await
    }
}
