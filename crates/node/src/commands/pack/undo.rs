//! `theriac pack undo`.

use super::{Desk, now_ms};
use clap::Args;
use serde_json::json;

/// Undo the exit of a pack within 10 days: it was not taken after all.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack undo '(01)04012345123456(21)A1(10)L7(17)271100' --account pharmacist.json\n\nNext:\n  theriac pack verify SCAN"
)]
pub(super) struct Undo {
    /// What the scanner said.
    #[arg(value_name = "SCAN")]
    scan: String,
}

impl Undo {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let label = desk.partner().await?.undo(&self.scan, now_ms()).await?;
        let value = json!({ "pack": label.bracketed(), "undone": true });
        desk.output()
            .result(&value, &format!("undone  {}", label.bracketed()))
    }
}
