//! `theriac access open`.

use crate::{arguments, output::write_new, person::Person};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{io::Write, path::PathBuf};

/// Open a record under a grant: an entry in the chart's log, then the document.
///
/// The document is fetched as ciphertext, checked against the ledger and decrypted here.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac access open 0x... --record 0x... --out record.json --account doctor.json\n  theriac access open 0x... --record 0x... --account doctor.json | jq .\n\nNext:\n  theriac access log --chart ID"
)]
pub(crate) struct Open {
    /// The grant, which has the identifier of its request.
    #[arg(value_name = "GRANT", value_parser = arguments::id)]
    grant: B256,
    /// The record.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    record: B256,
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
        let opened = person
            .client
            .open(self.grant, self.record, &person.request_keys()?)
            .await?;
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
}
