//! `theriac pack commission`.

use super::{Desk, now_ms};
use crate::output::table;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_gateway::packs::NewPacks;

/// Make a lot: serial numbers, labels and one entry on the ledger, whatever the number of packs.
///
/// The ledger is told a hash of all packs and a one-time key, not the product, the lot or how many packs there are.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack commission --gtin 04012345123456 --lot L7 --expiry 271100 --count 5000 --account maker.json\n  theriac pack commission --gtin 04012345123456 --lot L8 --expiry 280131 --serials serials.txt --account maker.json\n\nNext:\n  theriac pack ship --to card.json --lot L7 --count 1000 --out shipment.theriac"
)]
pub(super) struct Commission {
    /// The product.
    #[arg(long, value_name = "GTIN")]
    gtin: String,
    /// The lot's number.
    #[arg(long, value_name = "LOT")]
    lot: String,
    /// YYMMDD, with 00 for no day.
    #[arg(long, value_name = "YYMMDD")]
    expiry: String,
    /// How many packs; serial numbers that cannot be guessed are made for them.
    #[arg(
        long,
        value_name = "COUNT",
        required_unless_present = "serials",
        conflicts_with = "serials"
    )]
    count: Option<usize>,
    /// A file with a serial number on each line.
    #[arg(long, value_name = "FILE")]
    serials: Option<PathBuf>,
    /// Write what is to be printed, a line in brackets for each pack, to this file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Commission {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let serials = self.serials.as_deref().map(lines).transpose()?;
        let new = NewPacks {
            gtin: &self.gtin,
            lot: &self.lot,
            expiry: &self.expiry,
            count: self.count.unwrap_or_default(),
            serials,
            now_ms: now_ms(),
        };
        let mut partner = desk.partner().await?;
        let progress = desk.output().progress("making and entering the lot");
        let made = partner.commission(new).await?;
        drop(progress);
        if let Some(file) = &self.out {
            let text: String = made
                .labels
                .iter()
                .map(|label| format!("{}\n", label.bracketed()))
                .collect();
            crate::output::write_new(file, text.as_bytes())?;
        }
        let value = json!({
            "root": made.lot.root, "gtin": made.lot.gtin, "lot": made.lot.lot, "expiry": made.lot.expiry,
            "packs": made.labels.len(), "document": made.document,
        });
        let text = table([
            ("root", made.lot.root.to_string()),
            ("product", made.lot.gtin),
            ("lot", made.lot.lot),
            ("packs", made.labels.len().to_string()),
        ]);
        desk.output().result(&value, &text)?;
        desk.output()
            .next("theriac pack ship --to card.json --lot LOT --count N --out FILE");
        Ok(())
    }
}

/// The lines of a file that are not blank.
pub(super) fn lines(file: impl AsRef<std::path::Path>) -> anyhow::Result<Vec<String>> {
    let file = file.as_ref();
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty());
    Ok(lines.map(str::to_owned).collect())
}
