//! The patient says which rule decides about a kind of record.

use crate::{Client, Error, client::event};
use alloy_primitives::{Address, B256};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::SEALS,
    codes::Kinds,
    interfaces::ISeals::{RulePointed, RulePointer, pointRuleCall, rulePointersCall},
};

impl Client {
    /// Which rule decides about each kind of record of a chart that this account controls; a zero address means the chart's native rules.
    ///
    /// # Errors
    /// `Refused` for whom does not control the chart; those of [`Client::call`].
    pub async fn rule_pointers(&self, chart: B256) -> Result<Vec<RulePointer>, Error> {
        self.call(SEALS, &rulePointersCall { chart }).await
    }

    /// Points kinds of record at a contract, which is inspected first, or with `None` back at the chart's native rules. Who opened before must open again.
    ///
    /// # Errors
    /// `RuleForbidden` for code that must not be pointed at. `CodeChanged` where the ledger pinned other code than was inspected: the kinds are then
    /// pointed back at the native rules. `Refused`; those of [`Client::inspect_rule`] and [`Client::send`].
    pub async fn point_rule(
        &self,
        chart: B256,
        kinds: Kinds,
        rule: Option<Address>,
    ) -> Result<TransactionReceipt, Error> {
        let Some(address) = rule else {
            return self.point(chart, kinds, Address::ZERO).await;
        };
        let inspection = self.inspect_rule(address).await?;
        if let Some(finding) = inspection.forbidding() {
            return Err(Error::RuleForbidden(finding));
        }
        let receipt = self.point(chart, kinds, address).await?;
        let pointed: RulePointed = event(&receipt, SEALS)?;
        if pointed.codeHash != inspection.code_hash {
            self.point(chart, kinds, Address::ZERO).await?;
            return Err(Error::CodeChanged);
        }
        Ok(receipt)
    }

    async fn point(
        &self,
        chart: B256,
        kinds: Kinds,
        rule: Address,
    ) -> Result<TransactionReceipt, Error> {
        let call = pointRuleCall {
            chart,
            kinds: kinds.0,
            rule,
        };
        self.send(SEALS, &call).await
    }
}
