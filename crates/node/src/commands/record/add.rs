//! `theriac record add`.

use crate::{arguments, output::table, person::Person};
use alloy_primitives::{Address, B256};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_contracts::codes::{self, Kind};
use theriac_sdk::records::NewRecord;

/// Encrypt a FHIR document here and register it in a patient's chart.
///
/// The data key is wrapped to the patient; the network keeps ciphertext and a salted commitment. Without --chart, a chart is opened
/// for the patient first. --protection says who could ever read the record.
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
    /// How the data key is kept.
    #[arg(long, value_enum, default_value = "sealed")]
    protection: Protection,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Protection {
    /// You, the patient, whoever she or a rule of hers admits, and more than two thirds of the network's members if they broke their word together could ever read it.
    Sealed,
    /// You, the patient, and those for whom her own device wraps the key could ever read it; the network holds nothing that opens it, also not in an emergency.
    Direct,
}

impl Protection {
    fn code(self) -> codes::Protection {
        match self {
            Self::Sealed => codes::Protection::Sealed,
            Self::Direct => codes::Protection::Direct,
        }
    }

    /// Who could ever read a record under it, in one sentence: the words of the help.
    fn readers(self) -> String {
        let value = self.to_possible_value();
        let help = value.as_ref().and_then(|value| value.get_help());
        help.map(ToString::to_string).unwrap_or_default()
    }
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
            protection: self.protection.code(),
            document: &document,
        };
        let added = person.client.add_record(new).await?;
        drop(progress);
        let value = json!({
            "record": added.record, "chart": chart, "kind": self.kind.word(), "protection": self.protection.code().word(), "commitment": added.commitment,
            "contentId": added.content_id, "wrapId": added.wrap_id, "ciphertextBytes": added.ciphertext_bytes,
            "height": added.height, "transaction": added.transaction,
        });
        let text = table([
            ("record", added.record.to_string()),
            ("chart", chart.to_string()),
            ("commitment", added.commitment.to_string()),
            ("content", added.content_id.to_string()),
            ("protection", self.protection.code().word().to_owned()),
            ("readers", self.protection.readers()),
            ("height", added.height.to_string()),
        ]);
        person.output.result(&value, &text)?;
        person.output.next("a reader asks for access: theriac access request --chart ID --record ID --purpose TREAT");
        Ok(())
    }
}
