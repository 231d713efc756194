//! `theriac recovery freeze`.

use crate::{arguments, person::Person};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// Vote to freeze the key of someone whom you guard, when a thief may have it.
///
/// With as many votes as guardians must agree, the key can do nothing until the recovery ends: no veto, no decision, no login.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac recovery freeze 0x... --account guardian.json\n\nNext:\n  theriac recovery status 0x..."
)]
pub(crate) struct Freeze {
    /// The account whose key is to be frozen.
    #[arg(value_name = "ACCOUNT", value_parser = arguments::address)]
    lost: Address,
}

impl Freeze {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("voting");
        let receipt = person.client.freeze_key(self.lost).await?;
        drop(progress);
        let value = json!({ "account": self.lost, "height": receipt.block_number, "transaction": receipt.transaction_hash });
        person
            .output
            .result(&value, &format!("voted to freeze {}", self.lost))
    }
}
