//! `theriac pack prescription show`.

use super::{Desk, form};
use crate::{arguments, output::table};
use alloy_primitives::Address;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use theriac_contracts::codes::PrescriptionStatus;
use theriac_gateway::packs::prescriptions::{PrescriptionFile, standing};
use theriac_sdk::prescriptions::Prescription;

/// Show how a prescription stands: with the patient's file also what is left, with a key what anyone sees.
///
/// The node that is asked sees which prescription it is about, and your account.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack prescription show prescription.json --account patient.json\n  theriac pack prescription show --key 0x... --account physician.json\n\nNext:\n  theriac pack prescription offer prescription.json --to PHARMACIST --out offer.json"
)]
pub(in crate::commands::pack) struct Show {
    /// The file that the physician gave you.
    #[arg(value_name = "FILE", required_unless_present = "key")]
    prescription: Option<PathBuf>,
    /// Any key of the prescription.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address, conflicts_with = "prescription")]
    key: Option<Address>,
}

impl Show {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let client = &desk.person.client;
        let (value, rows) = match (&self.prescription, self.key) {
            (None, key) => {
                let prescription = client.prescription(key.unwrap_or_default()).await?;
                (told(&prescription), rows(&prescription))
            }
            (Some(file), _) => {
                let file: PrescriptionFile = form(file)?;
                let standing = standing(client, &file).await?;
                let (request, order) = file.order()?;
                let medicine = request.medication.name().unwrap_or("").to_owned();
                let mut value = told(&standing.prescription);
                value["left"] = json!(standing.remaining.amount);
                value["amount"] = json!(order.amount);
                let mut rows = rows(&standing.prescription);
                rows.push(("medicine", medicine));
                rows.push(("each time", order.amount.to_string()));
                rows.push(("left", standing.remaining.amount.to_string()));
                (value, rows)
            }
        };
        desk.output().result(&value, &table(rows))
    }
}

fn status(prescription: &Prescription) -> &'static str {
    PrescriptionStatus::from_code(prescription.status).map_or("unknown", |status| status.word())
}

fn told(prescription: &Prescription) -> Value {
    json!({
        "status": status(prescription), "first": prescription.first, "current": prescription.current,
        "prescriber": prescription.prescriber, "organisation": prescription.organisation,
        "fills": prescription.fills, "fillsLeft": prescription.fillsLeft, "from": prescription.from, "until": prescription.until,
    })
}

fn rows(prescription: &Prescription) -> Vec<(&'static str, String)> {
    let time = |seconds: u64| arguments::utc(seconds.saturating_mul(1_000));
    vec![
        ("status", status(prescription).to_owned()),
        (
            "prescriber",
            format!(
                "{} of organisation {}",
                prescription.prescriber, prescription.organisation
            ),
        ),
        (
            "fills left",
            format!("{} of {}", prescription.fillsLeft, prescription.fills),
        ),
        ("from", time(prescription.from)),
        ("until", time(prescription.until)),
    ]
}
