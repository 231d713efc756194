//! `theriac pack prescription offer`.

use super::{Desk, form};
use crate::{arguments, output::write_new};
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::{book::Form as _, packs::prescriptions::offer};

/// Offer the next fill to one pharmacist: a small file, signed here, with which nobody else can do anything.
///
/// It shows the order to the pharmacist, and not what other pharmacists handed out. Offers to several are no harm: one of them is taken.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack prescription offer prescription.json --to 0x... --out offer.json --account patient.json\n\nNext:\n  the pharmacist: theriac pack fill offer.json SCAN --out dispense.json"
)]
pub(in crate::commands::pack) struct Offer {
    /// The file that the physician gave you.
    #[arg(value_name = "FILE")]
    prescription: PathBuf,
    /// The pharmacist's account.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    to: Address,
    /// How much, where it is less than the order says.
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<u64>,
    /// Where to write the offer.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Offer {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let file = form(&self.prescription)?;
        let offer = offer(&desk.person.client, &file, (self.to, self.amount)).await?;
        write_new(&self.out, offer.to_json().as_bytes())?;
        let value = json!({ "key": offer.fill.key, "pharmacist": self.to, "amount": offer.amount, "file": self.out });
        desk.output()
            .result(&value, &format!("{} offered to {}", offer.amount, self.to))
    }
}
