//! `theriac pack dispense`.

use super::{Desk, now_ms};
use clap::Args;
use serde_json::json;
use theriac_gateway::packs::Dispensed;

/// Verify a pack and dispense it, once in the whole network.
///
/// A second dispensing of the same four printed values is refused, wherever it is tried: the answer tells whether you or another did it first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack dispense '(01)04012345123456(21)A1(10)L7(17)271100' --account pharmacist.json\n  theriac pack dispense \"$SCAN\" --offline\n\nNext:\n  theriac pack undo SCAN, within 10 days\n  theriac pack sync, after --offline"
)]
pub(super) struct Dispense {
    /// What the scanner said.
    #[arg(value_name = "SCAN")]
    scan: String,
    /// Ask nobody: the book decides, and the entry waits for `theriac pack sync`.
    #[arg(long)]
    offline: bool,
}

impl Dispense {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let dispensed = match self.offline {
            true => desk
                .offline_writing()?
                .dispense_offline(&self.scan, now_ms())?,
            false => desk.partner().await?.dispense(&self.scan, now_ms()).await?,
        };
        let (value, text) = match dispensed {
            Dispensed::Entered { label } => (
                json!({ "pack": label.bracketed(), "dispensed": true, "queued": false }),
                format!("dispensed  {}", label.bracketed()),
            ),
            Dispensed::Queued { label, unchecked } => (
                json!({ "pack": label.bracketed(), "dispensed": false, "queued": true, "unchecked": unchecked }),
                format!(
                    "queued  {}\n  not checked: {}",
                    label.bracketed(),
                    unchecked.join(", ")
                ),
            ),
        };
        desk.output().result(&value, &text)
    }
}
