//! `theriac trial randomise draw`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Show the ledger the block whose random value orders a list; anyone enrolled may.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial randomise draw 1 --account unblinded.json\n\nNext:\n  theriac trial randomise seal 1"
)]
pub(in crate::commands::trial) struct Draw {
    /// The list.
    #[arg(value_name = "LIST")]
    list: u16,
}

impl Draw {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        desk.party().await?.draw_list(self.list).await?;
        let value = json!({ "list": self.list, "drawn": true });
        desk.output()
            .result(&value, &format!("list {} drawn", self.list))
    }
}
