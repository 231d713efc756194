//! `theriac trial randomise seal`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Seal the entries of a drawn list in the order in which they will be opened, as the unblinded statistician: each key to the network's keepers.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial randomise seal 1 --book lists --account unblinded.json\n\nNext:\n  theriac trial send to the sponsor, who sends it on to the sites: without the sealed entries nothing opens there"
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
