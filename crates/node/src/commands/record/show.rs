//! `theriac record show`.

use crate::{
    arguments::{self, utc},
    output::{table, write_new},
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use theriac_contracts::codes::{Kind, Protection, RecordStatus};
use theriac_sdk::records::Record;

/// Show what the ledger holds of a record; as the patient, decrypt it too.
///
/// The patient reads her own chart without a grant and without an entry. Everyone else opens under a grant: theriac access open.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac record show 0x... --account doctor.json\n  theriac record show 0x... --document mine.json --account patient.json\n  theriac record show 0x... --evidence record.json --account patient.json\n\nNext:\n  theriac verify record.json --network network.json"
)]
pub(crate) struct Show {
    /// The record.
    #[arg(value_name = "RECORD", value_parser = arguments::id)]
    record: B256,
    /// As the patient: decrypt the document into this file.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// Write the evidence that it was registered into this file.
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
}

impl Show {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("reading the record");
        let record = match &self.document {
            Some(path) => {
                let document = person.client.read_record(self.record).await?;
                write_new(path, &document.bytes)?;
                document.record
            }
            None => person.client.record(self.record).await?,
        };
        if let Some(path) = &self.evidence {
            let evidence = person.client.record_evidence(self.record).await?;
            write_new(path, evidence.to_string().as_bytes())?;
        }
        drop(progress);
        person.output.result(&value(&record), &text(&record))
    }
}

pub(super) fn kind(record: &Record) -> &'static str {
    Kind::from_code(record.kind).map_or("unknown", Kind::word)
}

pub(super) fn status(record: &Record) -> &'static str {
    RecordStatus::from_code(record.status).map_or("unknown", RecordStatus::word)
}

fn protection(record: &Record) -> &'static str {
    Protection::from_code(record.protection).map_or("unknown", Protection::word)
}

pub(super) fn value(record: &Record) -> Value {
    json!({
        "record": record.id, "chart": record.chart, "kind": kind(record), "status": status(record), "version": record.version,
        "protection": protection(record),
        "author": record.author, "commitment": record.commitment, "contentId": record.contentId, "wrapId": record.wrapId,
        "registeredHeight": record.registeredHeight, "registeredTimeMs": record.registeredTimeMs,
        "changedHeight": record.changedHeight, "changedTimeMs": record.changedTimeMs,
    })
}

fn text(record: &Record) -> String {
    table([
        ("record", record.id.to_string()),
        ("chart", record.chart.to_string()),
        ("kind", kind(record).to_owned()),
        ("protection", protection(record).to_owned()),
        (
            "status",
            format!("{}, version {}", status(record), record.version),
        ),
        ("author", record.author.to_string()),
        ("commitment", record.commitment.to_string()),
        ("content", record.contentId.to_string()),
        (
            "registered",
            format!(
                "{} at height {}",
                utc(record.registeredTimeMs),
                record.registeredHeight
            ),
        ),
    ])
}
