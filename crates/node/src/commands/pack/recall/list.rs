//! `theriac pack recall list`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// List recalls that matched your stock, and what is still to be pulled.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack recall list --account pharmacist.json\n\nNext:\n  theriac pack recall pull SCAN...\n  theriac pack recall ack LOT --out ack.json"
)]
pub(in crate::commands::pack) struct List {}

impl List {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let tasks = desk.offline()?.recalls()?;
        let (mut values, mut lines) = (Vec::new(), Vec::new());
        for task in &tasks {
            let (flag, lot, counts) = (&task.flag, &task.lot, &task.counts);
            let packs: Vec<_> = task.to_pull.iter().map(|label| label.bracketed()).collect();
            let state = if flag.is_cleared { "cleared" } else { "stands" };
            lines.push(format!(
                "flag {}  {} on lot {} of {}, {state}: {} to pull, {} pulled, {} not found",
                flag.number,
                flag.kind,
                lot.lot,
                lot.gtin,
                counts.to_pull,
                counts.pulled,
                counts.not_found
            ));
            lines.extend(packs.iter().map(|pack| format!("  PULL  {pack}")));
            values.push(json!({
                "flag": flag.number, "kind": flag.kind.word(), "cleared": flag.is_cleared, "gtin": lot.gtin, "lot": lot.lot,
                "toPull": counts.to_pull, "pulled": counts.pulled, "notFound": counts.not_found, "packs": packs,
            }));
        }
        if tasks.is_empty() {
            lines.push("no recall matched your stock".to_owned());
        }
        desk.output()
            .result(&json!({ "recalls": values }), &lines.join("\n"))
    }
}
