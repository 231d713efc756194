//! `theriac pack prescribe`.

use super::{Desk, now_ms};
use crate::output::{table, write_new};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_contracts::Refusal;
use theriac_gateway::book::Form as _;
use theriac_gateway::packs::prescriptions::{KeyFile, Prescribing};

/// Prescribe: a FHIR MedicationRequest becomes a prescription on the ledger, of which each fill is taken once, and a file for the patient.
///
/// The ledger learns neither patient nor medicine nor amount. What the request says and the ledger cannot hold is refused, with its place. The file that
/// is written names the patient: give it to her and to nobody else.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack prescribe request.json --for key.json --out prescription.json --account physician.json\n\nNext:\n  the patient: theriac pack prescription show prescription.json\n  theriac pack prescription cancel KEY"
)]
pub(super) struct Prescribe {
    /// The MedicationRequest (FHIR R4, JSON), or a Bundle with it and its Medication.
    #[arg(value_name = "FILE")]
    request: PathBuf,
    /// The key that the patient made for it.
    #[arg(long = "for", value_name = "FILE")]
    key: PathBuf,
    /// Where to write the patient's file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Prescribe {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let read = |file: &PathBuf| {
            fs::read(file).with_context(|| format!("cannot read {}", file.display()))
        };
        let request = String::from_utf8(read(&self.request)?)
            .with_context(|| format!("{} is not UTF-8", self.request.display()))?;
        let key = KeyFile::read(&read(&self.key)?)
            .with_context(|| format!("cannot take {}", self.key.display()))?;
        let prescribing = Prescribing::prepare(&request, &key, now_ms())?;
        let (request, order) = prescribing.file.order()?;
        // The file alone opens what the ledger will have, and so is there before.
        write_new(&self.out, prescribing.file.to_json().as_bytes())?;
        if let Err(error) = prescribing.enter(&desk.person.client).await {
            return Err(self.not_entered(error));
        }
        let medicine = request.medication.name().unwrap_or("").to_owned();
        let value = json!({ "key": key.key, "amount": order.amount, "fills": order.fills, "until": order.until, "file": self.out });
        let text = table([
            ("key", key.key.to_string()),
            ("medicine", medicine),
            ("each time", order.amount.to_string()),
            ("fills", order.fills.to_string()),
            ("until", crate::arguments::utc(order.until * 1_000)),
        ]);
        desk.output().result(&value, &text)
    }

    /// Takes the file away where the ledger refused; where that is not known, it stays.
    fn not_entered(&self, error: theriac_gateway::packs::Error) -> anyhow::Error {
        let error = anyhow::Error::from(error);
        let refused = error.chain().any(|cause| {
            let ledger = cause.downcast_ref::<theriac_sdk::Error>();
            let is_refused =
                ledger.is_some_and(|one| matches!(one, theriac_sdk::Error::Refused(_)));
            is_refused || cause.downcast_ref::<Refusal>().is_some()
        });
        if refused {
            // What is left behind is of no use to anyone.
            let _ = fs::remove_file(&self.out);
        }
        error
    }
}
