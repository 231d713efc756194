//! `theriac access deny`.

use crate::{arguments, person::Person};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;

/// Deny a request for your chart, as its patient.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access deny 0x... --account patient.json\n\nNext:\n  theriac access log --chart ID"
)]
pub(crate) struct Deny {
    /// The request.
    #[arg(value_name = "REQUEST", value_parser = arguments::id)]
    request: B256,
}

impl Deny {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("denying");
        let receipt = person.client.deny(self.request).await?;
        drop(progress);
        let value = json!({ "request": self.request, "status": "denied", "height": receipt.block_number, "transaction": receipt.transaction_hash });
        person
            .output
            .result(&value, &format!("denied  {}", self.request))
    }
}
