//! `theriac pack stock`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// List the lots in your book, with how many packs of each you hold. Nothing is asked of the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack stock\n\nNext:\n  theriac pack ship --to card.json --lot LOT --count N --out FILE"
)]
pub(super) struct Stock {
    /// List the packs themselves too.
    #[arg(long)]
    packs: bool,
}

impl Stock {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let partner = desk.offline()?;
        let stock = partner.book().stock()?;
        let lots: Vec<_> = stock
            .iter()
            .map(|(lot, held, all)| {
                json!({ "root": lot.root, "gtin": lot.gtin, "lot": lot.lot, "expiry": lot.expiry, "held": held, "known": all })
            })
            .collect();
        let mut lines: Vec<_> = stock
            .iter()
            .map(|(lot, held, all)| {
                format!(
                    "{}  {}  {}  {held} of {all} held",
                    lot.gtin, lot.lot, lot.expiry
                )
            })
            .collect();
        let held = if self.packs {
            partner.book().held()?
        } else {
            Vec::new()
        };
        lines.extend(
            held.iter()
                .map(|pack| format!("  {}", pack.label.bracketed())),
        );
        let packs: Vec<_> = held
            .iter()
            .map(|pack| json!({ "pack": pack.label.bracketed(), "sscc": pack.sscc, "tag": pack.tag, "key": pack.key }))
            .collect();
        let text = if lines.is_empty() {
            "the book has no lot".to_owned()
        } else {
            lines.join("\n")
        };
        let waiting = partner.book().waiting()?.len();
        let value = json!({ "lots": lots, "packs": packs, "waiting": waiting });
        desk.output().result(&value, &text)
    }
}
