//! `theriac pack fill`.

use super::{Desk, now_ms};
use crate::{
    arguments,
    output::{table, write_new},
};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_gateway::{
    book::Form as _,
    packs::{NewFilling, prescriptions::Offer},
};

/// Fill a prescription: take the fill that the patient offers, so that no other pharmacy can, and dispense the scanned packs.
///
/// The packs are verified, then the fill is taken, then the packs are dispensed, then the cabinet is told. Whatever breaks off or is refused after the fill
/// was taken, the fill stays yours: the same offer again goes on, with the same packs or with others.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack fill offer.json '(01)04012345123456(21)A1(10)L7(17)271100' --out dispense.json --account pharmacist.json\n  theriac pack fill offer.json \"$SCAN\" --cabinet 0x... --out dispense.json --account pharmacist.json\n  theriac pack fill offer.json --out dispense.json --account pharmacist.json, after it broke off\n\nNext:\n  give dispense.json, a FHIR MedicationDispense, to your records"
)]
pub(super) struct Fill {
    /// What the patient gave you.
    #[arg(value_name = "OFFER")]
    offer: PathBuf,
    /// What the scanner said, pack by pack.
    #[arg(value_name = "SCAN")]
    scans: Vec<String>,
    /// The cabinet from which the packs come; the movement is recorded.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    cabinet: Option<B256>,
    /// Hand out another product than the ordered one, where the order does not forbid it.
    #[arg(long)]
    substitute: bool,
    /// Where to write the MedicationDispense.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Fill {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let offer = fs::read(&self.offer)
            .with_context(|| format!("cannot read {}", self.offer.display()))?;
        let offer =
            Offer::read(&offer).with_context(|| format!("cannot take {}", self.offer.display()))?;
        let new = NewFilling {
            offer: &offer,
            scans: &self.scans,
            cabinet: self.cabinet,
            substitute: self.substitute,
            now_ms: now_ms(),
        };
        let filled = desk.partner().await?.fill(new).await?;
        write_new(&self.out, filled.document.as_bytes())?;
        let packs: Vec<_> = filled.packs.iter().map(|label| label.bracketed()).collect();
        let value =
            json!({ "key": filled.key, "amount": filled.amount, "packs": packs, "file": self.out });
        let text = table([
            ("filled", filled.key.to_string()),
            ("amount", filled.amount.to_string()),
            ("packs", packs.join("\n")),
        ]);
        desk.output().result(&value, &text)
    }
}
