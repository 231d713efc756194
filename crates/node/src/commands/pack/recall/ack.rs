//! `theriac pack recall ack`.

use super::{Desk, Lot};
use crate::{
    commands::pack::now_ms,
    output::{table, write_new},
};
use anyhow::Context as _;
use clap::Args;
use std::{fs, path::PathBuf};
use theriac_gateway::{book::Form as _, packs::card::Card};

/// Acknowledge a recall to the manufacturer: a signed file with counts, of which the ledger learns nothing.
///
/// It says how many packs of the lot are to be pulled, pulled, not found, dispensed and sent on before; no serial number and no patient. With --to, it is encrypted.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack recall ack L7 --out ack.json --account pharmacist.json\n  theriac pack recall ack L7 --to maker-card.json --out ack.theriac --account pharmacist.json\n\nNext:\n  send it to the manufacturer, who reads it with theriac pack recall status LOT ack.json"
)]
pub(in crate::commands::pack) struct Ack {
    #[command(flatten)]
    lot: Lot,
    /// The manufacturer's card: the file is encrypted to it.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Where to write it.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Ack {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let partner = desk.partner().await?;
        let lot = (self.lot.gtin.as_deref(), self.lot.lot.as_str());
        let ack = partner.acknowledge(lot, now_ms())?;
        let bytes = match &self.to {
            None => ack.to_json().into_bytes(),
            Some(card) => {
                let text =
                    fs::read(card).with_context(|| format!("cannot read {}", card.display()))?;
                let card =
                    Card::read(&text).with_context(|| format!("cannot take {}", card.display()))?;
                partner.seal_acknowledgement(&ack, &card).await?
            }
        };
        write_new(&self.out, &bytes)?;
        let text = table([
            ("to", format!("organisation {}", ack.to)),
            ("to pull", ack.to_pull.to_string()),
            ("pulled", ack.pulled.to_string()),
            ("not found", ack.not_found.to_string()),
            ("dispensed", ack.dispensed.to_string()),
            ("sent on", ack.sent_on.to_string()),
        ]);
        desk.output().result(&serde_json::to_value(&ack)?, &text)
    }
}
