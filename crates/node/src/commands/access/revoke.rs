//! `theriac access revoke`.

use crate::{arguments, person::Person};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;

/// Take a grant back for ever, as the patient of the chart.
///
/// Nothing is opened at or after its block. What was read before cannot be unread.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access revoke 0x... --account patient.json\n\nNext:\n  theriac access log --chart ID"
)]
pub(crate) struct Revoke {
    /// The grant, which has the identifier of its request.
    #[arg(value_name = "GRANT", value_parser = arguments::id)]
    grant: B256,
}

impl Revoke {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("revoking");
        let receipt = person.client.revoke(self.grant).await?;
        drop(progress);
        let value = json!({ "request": self.grant, "status": "revoked", "height": receipt.block_number, "transaction": receipt.transaction_hash });
        person
            .output
            .result(&value, &format!("revoked  {}", self.grant))
    }
}
