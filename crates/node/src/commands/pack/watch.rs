//! `theriac pack watch`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Look at the flags that are new, and list what to pull from your stock.
///
/// All flags of the network are matched here, on your machine: nobody learns what you hold.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack watch --account pharmacist.json\n\nNext:\n  theriac pack recall list, where a lot was recalled\n  theriac pack decommission SCAN --as locked"
)]
pub(super) struct Watch {}

impl Watch {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let watched = desk.beside().await?.watch().await?;
        let mut lines = vec![format!(
            "{} new flags, {} on your stock",
            watched.new,
            watched.alarms.len()
        )];
        let mut alarms = Vec::new();
        for alarm in &watched.alarms {
            let flag = &alarm.flag;
            lines.push(format!(
                "PULL  flag {}  {} on {}, {} packs",
                flag.number,
                flag.kind,
                flag.subject,
                alarm.packs.len()
            ));
            lines.extend(
                alarm
                    .packs
                    .iter()
                    .map(|label| format!("  {}", label.bracketed())),
            );
            let packs: Vec<_> = alarm.packs.iter().map(|label| label.bracketed()).collect();
            alarms.push(json!({ "number": flag.number, "kind": flag.kind.word(), "on": flag.subject.word(), "packs": packs }));
        }
        let value = json!({ "new": watched.new, "alarms": alarms });
        desk.output().result(&value, &lines.join("\n"))
    }
}
