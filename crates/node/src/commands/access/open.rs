//! `theriac access open`.

use crate::{arguments, output::write_new, person::Person};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{io::Write, path::PathBuf};
use theriac_contracts::codes::Purpose;
use theriac_sdk::{
    Error,
    access::Opened,
    seals::{BadKeeper, OpenedSeals},
};

/// Open a record: an entry in the chart's log, then the document.
///
/// With GRANT, under that grant. Without one, as the patient's rules decide at once, which only a sealed record allows: give --chart and
/// --purpose then. The document is fetched as ciphertext, checked against the ledger and decrypted here.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access open 0x... --record 0x... --out record.json --account doctor.json\n  theriac access open 0x... --record 0x... --account doctor.json | jq .\n  theriac access open --chart 0x... --record 0x... --purpose TREAT --account doctor.json\n\nNext:\n  theriac access log --chart ID"
)]
pub(crate) struct Open {
    /// The grant, which has the identifier of its request.
    #[arg(value_name = "GRANT", value_parser = arguments::id, required_unless_present = "chart", conflicts_with_all = ["chart", "purpose"])]
    grant: Option<B256>,
    /// The chart, where there is no grant.
    #[arg(long, value_name = "ID", value_parser = arguments::id, requires = "purpose")]
    chart: Option<B256>,
    /// The record.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    record: B256,
    /// Why, as HL7 PurposeOfUse codes it, where there is no grant.
    #[arg(long, value_parser = arguments::purpose(), requires = "chart")]
    purpose: Option<Purpose>,
    /// Write the document into this file; without it, to standard output. Needed with --json.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Open {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        if person.output.json && self.out.is_none() {
            let text = "with --json the document needs a file: give --out";
            return Err(crate::errors::UsageError(text.to_owned()).into());
        }
        let progress = person.output.progress("opening the record");
        let opened = self.open(person).await?;
        drop(progress);
        let bytes = &opened.document.bytes;
        let Some(path) = &self.out else {
            return std::io::stdout()
                .lock()
                .write_all(bytes)
                .context("cannot write to standard output");
        };
        write_new(path, bytes)?;
        let value = json!({
            "grant": self.grant, "record": self.record, "version": opened.document.record.version, "bytes": bytes.len(), "file": path,
            "height": opened.height, "transaction": opened.transaction,
        });
        person.output.result(
            &value,
            &format!(
                "opened  {}  {} bytes, entered at height {}",
                path.display(),
                bytes.len(),
                opened.height
            ),
        )
    }

    async fn open(&self, person: &Person) -> anyhow::Result<Opened> {
        let client = &person.client;
        let (chart, purpose) = match (self.grant, self.chart, self.purpose) {
            (Some(grant), _, _) => {
                let keys = person.request_keys()?;
                return Ok(client.open(grant, self.record, &keys).await?);
            }
            (None, Some(chart), Some(purpose)) => (chart, purpose),
            (None, _, _) => {
                let text = "give a grant, or --chart and --purpose";
                return Err(crate::errors::UsageError(text.to_owned()).into());
            }
        };
        let opened = client
            .open_sealed(chart, &[self.record], purpose, None)
            .await?;
        warn(&opened.bad);
        let OpenedSeals {
            mut documents,
            transaction,
            height,
            ..
        } = opened;
        let document = documents.pop();
        Ok(Opened {
            document: document.ok_or(Error::MalformedAnswer("opening"))?,
            transaction,
            height,
        })
    }
}

/// Names keepers whose answers were wrong; what was opened is right without them.
pub(super) fn warn(bad: &[BadKeeper]) {
    for keeper in bad {
        eprintln!("warning: {keeper}; tell the operator of that member");
    }
}
