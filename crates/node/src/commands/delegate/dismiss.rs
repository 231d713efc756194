//! `theriac delegate dismiss`.

use crate::{arguments, person::Person};
use alloy_primitives::{Address, B256};
use clap::Args;
use serde_json::json;

/// Dismiss a delegate of your chart, or lay your own office as a delegate down.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac delegate dismiss 0x... --chart 0x... --account patient.json\n\nNext:\n  theriac delegate list --chart ID"
)]
pub(crate) struct Dismiss {
    /// The delegate.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    delegate: Address,
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
}

impl Dismiss {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("dismissing");
        let receipt = person
            .client
            .dismiss_delegate(self.chart, self.delegate)
            .await?;
        drop(progress);
        let value = json!({
            "chart": self.chart, "delegate": self.delegate, "height": receipt.block_number, "transaction": receipt.transaction_hash,
        });
        person
            .output
            .result(&value, &format!("{} dismissed", self.delegate))
    }
}
