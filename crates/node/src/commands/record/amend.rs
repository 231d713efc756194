//! `theriac record amend`.

use crate::{arguments, output::table, person::Person};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};

/// Replace a record of yours with a new version, under a new key.
///
/// Grants given before do not open the new version; readers ask again.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac record amend 0x... corrected.json --account doctor.json\n\nNext:\n  theriac record show ID"
)]
pub(crate) struct Amend {
    /// The record.
    #[arg(value_name = "RECORD", value_parser = arguments::id)]
    record: B256,
    /// The new document.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Amend {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let document =
            fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let progress = person
            .output
            .progress("encrypting, storing and registering the new version");
        let amended = person.client.amend_record(self.record, &document).await?;
        drop(progress);
        let value = json!({
            "record": self.record, "version": amended.version, "commitment": amended.commitment, "contentId": amended.content_id,
            "height": amended.height, "transaction": amended.transaction,
        });
        let rows = [
            ("record", self.record.to_string()),
            ("version", amended.version.to_string()),
            ("height", amended.height.to_string()),
        ];
        person.output.result(&value, &table(rows))
    }
}
