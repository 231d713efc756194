//! `theriac recovery cancel`.

use crate::{arguments, person::Person};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// Vote to end the recovery of someone whom you guard, and take your approval back.
///
/// With as many votes as guardians must agree it is over, and the old key is free again.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac recovery cancel 0x... --account guardian.json\n\nNext:\n  theriac recovery status 0x..."
)]
pub(crate) struct Cancel {
    /// The account whose recovery is to end.
    #[arg(value_name = "ACCOUNT", value_parser = arguments::address)]
    lost: Address,
}

impl Cancel {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("voting");
        let receipt = person.client.cancel_recovery(self.lost).await?;
        drop(progress);
        let value = json!({ "account": self.lost, "height": receipt.block_number, "transaction": receipt.transaction_hash });
        person.output.result(
            &value,
            &format!("voted to end the recovery of {}", self.lost),
        )
    }
}
