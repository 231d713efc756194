//! `theriac recovery propose`.

use crate::{arguments, person::Person};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// Name a new key for someone whom you guard whose key is lost. It is your approval too.
///
/// Make sure in person that the new key is hers: the ledger cannot know.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac recovery propose 0xOLD... --successor 0xNEW... --account guardian.json\n\nNext:\n  theriac recovery status 0xOLD..."
)]
pub(crate) struct Propose {
    /// The account whose key is lost.
    #[arg(value_name = "ACCOUNT", value_parser = arguments::address)]
    lost: Address,
    /// The new key, made with theriac account new and enrolled nowhere.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    successor: Address,
}

impl Propose {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("proposing");
        let receipt = person
            .client
            .propose_successor(self.lost, self.successor)
            .await?;
        drop(progress);
        let value = json!({
            "account": self.lost, "successor": self.successor, "height": receipt.block_number, "transaction": receipt.transaction_hash,
        });
        let text = format!("proposed {} in the place of {}", self.successor, self.lost);
        person.output.result(&value, &text)
    }
}
