//! `theriac pack contest`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Strike the exit that another organisation entered for a pack that you hold.
///
/// Your proof tells the ledger this pack's tag and its way, and nothing of other packs. Only your organisation may let it leave afterwards.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack contest '(01)04012345123456(21)A1(10)L7(17)271100' --account pharmacist.json\n\nNext:\n  theriac pack dispense SCAN"
)]
pub(super) struct Contest {
    /// What the scanner said.
    #[arg(value_name = "SCAN")]
    scan: String,
}

impl Contest {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let label = desk.partner().await?.contest(&self.scan).await?;
        let value = json!({ "pack": label.bracketed(), "struck": true });
        desk.output()
            .result(&value, &format!("struck  {}", label.bracketed()))
    }
}
