//! `theriac recovery approve`.

use crate::{arguments, person::Person};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// Approve the new key that a guardian proposed for someone whom you guard.
///
/// Make sure in person that the new key is hers: the ledger cannot know. When enough guardians approve, the delay begins.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac recovery approve 0xOLD... --successor 0xNEW... --account guardian.json\n\nNext:\n  theriac recovery status 0xOLD..."
)]
pub(crate) struct Approve {
    /// The account whose key is lost.
    #[arg(value_name = "ACCOUNT", value_parser = arguments::address)]
    lost: Address,
    /// The new key, made with theriac account new and enrolled nowhere.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    successor: Address,
}

impl Approve {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("approving");
        let receipt = person
            .client
            .approve_successor(self.lost, self.successor)
            .await?;
        drop(progress);
        let value = json!({
            "account": self.lost, "successor": self.successor, "height": receipt.block_number, "transaction": receipt.transaction_hash,
        });
        let text = format!("approved {} in the place of {}", self.successor, self.lost);
        person.output.result(&value, &text)
    }
}
