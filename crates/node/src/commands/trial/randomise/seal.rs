//! `theriac trial randomise seal`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Seal the entries of a drawn list in the order in which they will be opened, as the unblinded statistician.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial randomise seal 1 --book lists --account unblinded.json\n\nNext:\n  the site: theriac trial randomise allocate SUBJECT --list 1"
)]
pub(in crate::commands::trial) struct Seal {
    /// The list.
    #[arg(value_name = "LIST")]
    list: u16,
}

impl Seal {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        desk.party().await?.seal_list(self.list).await?;
        let value = json!({ "list": self.list, "sealed": true });
        desk.output()
            .result(&value, &format!("list {} sealed", self.list))
    }
}
