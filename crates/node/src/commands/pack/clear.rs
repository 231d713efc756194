//! `theriac pack clear`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Clear a flag that your organisation raised.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack clear 12 --account maker.json\n\nNext:\n  theriac pack watch"
)]
pub(super) struct Clear {
    /// Its number.
    #[arg(value_name = "NUMBER")]
    number: u64,
}

impl Clear {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        desk.partner().await?.clear(self.number).await?;
        let value = json!({ "number": self.number, "cleared": true });
        desk.output()
            .result(&value, &format!("flag {} cleared", self.number))
    }
}
