//! `theriac pack ship`.

use super::{Desk, commission::lines, now_ms};
use crate::output::table;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_gateway::packs::{NewShipment, Papers, book::Selection, card::Card, label::Label};

/// Hand packs over to a partner: one entry, and a file that only the partner can open.
///
/// The entry tells nobody what was handed over, how many packs, or to whom. The file holds the EPCIS document, the labels and the proofs; send it as you like.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack ship --to card.json --lot L7 --count 1000 --into 340123450000000017 --out shipment.theriac --account maker.json\n  theriac pack ship --to card.json --packs scans.txt --despatch-advice D-12 --out shipment.theriac --account wholesaler.json\n\nNext:\n  the partner: theriac pack receive shipment.theriac"
)]
pub(super) struct Ship {
    /// The partner's card.
    #[arg(long, value_name = "CARD")]
    to: PathBuf,
    #[command(flatten)]
    which: Which,
    /// Put them into this logistic unit, an SSCC.
    #[arg(long, value_name = "SSCC")]
    into: Option<String>,
    /// Number of the despatch advice.
    #[arg(long, value_name = "NUMBER")]
    despatch_advice: Option<String>,
    /// Number of the order.
    #[arg(long, value_name = "NUMBER")]
    order: Option<String>,
    /// Number of the invoice.
    #[arg(long, value_name = "NUMBER")]
    invoice: Option<String>,
    /// Where to write the package.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Which packs.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct Which {
    /// All in this logistic unit.
    #[arg(long, value_name = "SSCC", conflicts_with_all = ["packs", "lot", "all"])]
    sscc: Option<String>,
    /// Those of a file with a scan on each line.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["lot", "all"])]
    packs: Option<PathBuf>,
    /// So many of this lot.
    #[arg(long, value_name = "LOT", requires = "count", conflicts_with = "all")]
    lot: Option<String>,
    /// How many of the lot.
    #[arg(long, value_name = "COUNT", requires = "lot")]
    count: Option<usize>,
    /// All that you hold.
    #[arg(long)]
    all: bool,
    /// The product, where several lots have the same number.
    #[arg(long, value_name = "GTIN", requires = "lot")]
    gtin: Option<String>,
}

impl Which {
    pub(super) fn selection(&self) -> anyhow::Result<Selection> {
        if let Some(sscc) = &self.sscc {
            return Ok(Selection::Unit(sscc.clone()));
        }
        if let Some(file) = &self.packs {
            let mut tags = Vec::new();
            for (number, scan) in (1..).zip(lines(file)?) {
                let scanned = Label::scan(&scan)
                    .with_context(|| format!("line {number} of {}", file.display()))?;
                tags.push(scanned.label.tag());
            }
            tags.sort_unstable();
            tags.dedup();
            return Ok(Selection::Tags(tags));
        }
        Ok(match &self.lot {
            Some(lot) => Selection::OfLot {
                gtin: self.gtin.clone(),
                lot: lot.clone(),
                count: self.count.unwrap_or_default(),
            },
            None => Selection::All,
        })
    }
}

impl Ship {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let card =
            fs::read(&self.to).with_context(|| format!("cannot read {}", self.to.display()))?;
        let card = Card::read(&card)?;
        if let Some(sscc) = &self.into {
            theriac_standards::gs1::key::Sscc::parse(sscc)
                .map_err(|error| crate::errors::UsageError(format!("--into: {error}")))?;
        }
        let new = NewShipment {
            to: &card,
            selection: self.which.selection()?,
            into: self.into.clone(),
            papers: Papers {
                despatch_advice: self.despatch_advice.clone(),
                order: self.order.clone(),
                invoice: self.invoice.clone(),
            },
            file: &self.out,
            now_ms: now_ms(),
        };
        let mut partner = desk.partner().await?;
        let progress = desk.output().progress("handing over");
        let shipped = partner.ship(new).await?;
        drop(progress);
        let value = json!({
            "shipment": shipped.shipment, "packs": shipped.packs, "entries": shipped.hand_overs, "file": shipped.file,
            "to": card.organisation,
        });
        let text = table([
            ("shipment", shipped.shipment.to_string()),
            ("packs", shipped.packs.to_string()),
            ("entries", shipped.hand_overs.to_string()),
            ("file", shipped.file.display().to_string()),
        ]);
        desk.output().result(&value, &text)?;
        desk.output()
            .next("send the file to your partner: theriac pack receive FILE");
        Ok(())
    }
}
