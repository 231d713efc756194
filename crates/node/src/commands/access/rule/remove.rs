//! `theriac access rule remove`.

use crate::{arguments, person::Person};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;

/// Remove a rule of your chart; the others keep their index.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access rule remove 0 --chart 0x... --account patient.json\n\nNext:\n  theriac access rule list --chart ID"
)]
pub(crate) struct Remove {
    /// The rule.
    #[arg(value_name = "INDEX")]
    index: u32,
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
}

impl Remove {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("removing the rule");
        person.client.remove_rule(self.chart, self.index).await?;
        drop(progress);
        person.output.result(
            &json!({ "chart": self.chart, "removed": self.index }),
            &format!("rule {} removed", self.index),
        )
    }
}
