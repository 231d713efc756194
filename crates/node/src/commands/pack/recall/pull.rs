//! `theriac pack recall pull`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Note that recalled packs are out of your stock.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack recall pull '(01)04012345123456(21)A1(10)L7(17)271100' --account pharmacist.json\n\nNext:\n  theriac pack recall not-found LOT, for what is not there\n  theriac pack recall ack LOT --out ack.json"
)]
pub(in crate::commands::pack) struct Pull {
    /// What the scanner said, pack by pack.
    #[arg(value_name = "SCAN", required = true)]
    scans: Vec<String>,
}

impl Pull {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut partner = desk.offline()?;
        let (mut values, mut lines) = (Vec::new(), Vec::new());
        for scan in &self.scans {
            let pulled = partner.pull(scan)?;
            let pack = pulled.label.bracketed();
            lines.push(format!("pulled  {pack}"));
            values.push(json!({ "pack": pack, "flags": pulled.flags }));
        }
        desk.output()
            .result(&json!({ "pulled": values }), &lines.join("\n"))
    }
}
