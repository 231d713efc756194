//! `theriac access log`.

use crate::{
    arguments::{self, utc},
    output::write_new,
    person::Person,
};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_sdk::access::LogEntry;

/// Show the access log of a chart: every request, decision, grant and opening, in order.
///
/// Each entry is compared with the ledger's state. With --evidence, a file is written that proves to anyone offline that the log is complete.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access log --chart 0x... --account patient.json\n  theriac access log --chart 0x... --evidence log.json --account patient.json\n\nNext:\n  theriac verify log.json --network network.json"
)]
pub(crate) struct Log {
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// Write the evidence into this file.
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
}

impl Log {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let progress = person.output.progress("reading the log");
        let entries = person.client.chart_log(self.chart).await?;
        if let Some(path) = &self.evidence {
            let evidence = person.client.chart_evidence(self.chart).await?;
            write_new(path, evidence.to_string().as_bytes())?;
        }
        drop(progress);
        let value = json!({ "chart": self.chart, "entries": serde_json::to_value(&entries).context("cannot write the log")? });
        let lines: Vec<_> = entries.iter().map(line).collect();
        let text = if lines.is_empty() {
            "no entries".to_owned()
        } else {
            lines.join("\n")
        };
        person.output.result(&value, &text)
    }
}

fn line(entry: &LogEntry) -> String {
    format!(
        "{:4}  {}  {:17}  by {}  {}",
        entry.sequence,
        utc(entry.time_ms),
        entry.kind.word(),
        entry.actor,
        entry.subject
    )
}
