//! `theriac record withdraw`.

use crate::{arguments, person::Person};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;

/// Withdraw a record of yours for ever; no grant opens it any more.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac record withdraw 0x... --account doctor.json\n\nNext:\n  theriac record show ID"
)]
pub(crate) struct Withdraw {
    /// The record.
    #[arg(value_name = "RECORD", value_parser = arguments::id)]
    record: B256,
}

impl Withdraw {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("withdrawing the record");
        let receipt = person.client.withdraw_record(self.record).await?;
        drop(progress);
        let value = json!({ "record": self.record, "height": receipt.block_number, "transaction": receipt.transaction_hash });
        person
            .output
            .result(&value, &format!("withdrawn  {}", self.record))
    }
}
