//! `theriac access rule point`.

use super::inspect;
use crate::{arguments, confirm::confirm, person::Person};
use alloy_primitives::{Address, B256};
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::Kind;
use theriac_sdk::Error;

/// Let a contract on the ledger decide who reads your sealed records of some kinds, or take that back.
///
/// The contract is inspected first, and you are told what it can do. A denial by your native rules still wins over it. Whoever opened before
/// must open again.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access rule point --chart 0x... --kinds laboratory,imaging --contract 0x... --account patient.json\n  theriac access rule point --chart 0x... --kinds imaging --native --account patient.json\n\nNext:\n  theriac access rule list --chart ID"
)]
pub(crate) struct Point {
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// The kinds of record about which it decides.
    #[arg(long, required = true, value_delimiter = ',', value_parser = arguments::kind())]
    kinds: Vec<Kind>,
    /// The contract.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address, required_unless_present = "native")]
    contract: Option<Address>,
    /// Your native rules decide again.
    #[arg(long, conflicts_with = "contract")]
    native: bool,
    /// Do not ask for confirmation.
    #[arg(long)]
    yes: bool,
}

impl Point {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        if let Some(contract) = self.contract {
            self.show_and_ask(contract, person).await?;
        }
        let kinds = arguments::kinds(&self.kinds);
        let progress = person.output.progress("pointing the kinds at their rule");
        let receipt = person
            .client
            .point_rule(self.chart, kinds, self.contract)
            .await?;
        drop(progress);
        let value = json!({
            "chart": self.chart, "kinds": kinds.words(), "contract": self.contract,
            "height": receipt.block_number, "transaction": receipt.transaction_hash,
        });
        let by = match self.contract {
            Some(contract) => format!("contract {contract}"),
            None => "your native rules".to_owned(),
        };
        let text = format!("{}  decided by {by}", kinds.words());
        person.output.result(&value, &text)
    }

    /// Tells what the contract can do; a contract that cannot serve is not asked about.
    async fn show_and_ask(&self, contract: Address, person: &Person) -> anyhow::Result<()> {
        let inspection = person.client.inspect_rule(contract).await?;
        if !person.output.json {
            eprintln!("{}", inspect::text(contract, &inspection));
        }
        if let Some(finding) = inspection.forbidding() {
            return Err(Error::RuleForbidden(finding).into());
        }
        if self.yes {
            return Ok(());
        }
        confirm(
            "Let this contract decide?",
            "not confirmed; nothing was changed",
        )
    }
}
