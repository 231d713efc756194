//! `theriac record add`.

use crate::{arguments, output::table, person::Person};
use alloy_primitives::{Address, B256};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_contracts::codes::Kind;
use theriac_sdk::records::NewRecord;

/// Encrypt a FHIR document here and register it in a patient's chart.
///
/// The data key is wrapped to the patient; the network keeps ciphertext and a salted commitment. Without --chart, a chart is opened
/// for the patient first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac record add summary.json --kind summary --patient 0x... --account doctor.json\n  theriac record add lab.json --kind laboratory --chart 0x... --account doctor.json\n\nNext:\n  theriac record list --chart ID\n  a reader asks for access: theriac access request --chart ID --record ID --purpose TREAT"
)]
pub(crate) struct Add {
    /// The document: one FHIR resource or bundle, as JSON.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What everyone who sees the ledger may know about it.
    #[arg(long, value_parser = arguments::kind())]
    kind: Kind,
    /// The chart to add it to.
    #[arg(long, value_name = "ID", value_parser = arguments::id, required_unless_present = "patient")]
    chart: Option<B256>,
    /// The patient who controls the chart; needed where you have added nothing to the chart yet.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    patient: Option<Address>,
}

impl Add {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let document =
            fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        theriac_sdk::records::check_document(&document).map_err(theriac_sdk::Error::from)?;
        let chart = match (self.chart, self.patient) {
            (Some(chart), _) => chart,
            (None, patient) => {
                let _progress = person.output.progress("opening a chart");
                person
                    .client
                    .open_chart(patient.unwrap_or_default())
                    .await?
                    .chart
            }
        };
        let progress = person
            .output
            .progress("encrypting, storing and registering the record");
        let new = NewRecord {
            chart,
            patient: self.patient,
            kind: self.kind,
            document: &document,
        };
        let added = person.client.add_record(new).await?;
        drop(progress);
        let value = json!({
            "record": added.record, "chart": chart, "kind": self.kind.word(), "commitment": added.commitment,
            "contentId": added.content_id, "wrapId": added.wrap_id, "ciphertextBytes": added.ciphertext_bytes,
            "height": added.height, "transaction": added.transaction,
        });
        let text = table([
            ("record", added.record.to_string()),
            ("chart", chart.to_string()),
            ("commitment", added.commitment.to_string()),
            ("content", added.content_id.to_string()),
            ("height", added.height.to_string()),
        ]);
        person.output.result(&value, &text)?;
        person.output.next("a reader asks for access: theriac access request --chart ID --record ID --purpose TREAT");
        Ok(())
    }
}
