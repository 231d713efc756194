//! `theriac member settle`.

use super::change::{proposal_text, proposal_value};
use crate::person::Person;
use clap::Args;
use serde_json::json;

/// Have the votes on a proposal counted again, after a validator left or when its time is over.
///
/// Anyone who may send can do this. It is seldom needed: each vote counts all that came before.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member settle 3 --account admin.json\n\nNext:\n  theriac member list --all"
)]
pub(crate) struct Settle {
    /// The proposal's number.
    #[arg(value_name = "NUMBER")]
    proposal: u64,
}

impl Settle {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("counting");
        let receipt = person.client.settle(self.proposal).await?;
        let proposal = person.client.proposal(self.proposal).await?;
        drop(progress);
        let mut value = proposal_value(&proposal);
        value["transaction"] = json!(receipt.transaction_hash);
        value["height"] = json!(receipt.block_number);
        let text = format!("proposal  {}", proposal_text(&proposal));
        person.output.result(&value, &text)
    }
}
