//! `theriac vault get`.

use crate::{
    arguments,
    output::{table, transfer},
    person::Person,
};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_envelope::ContentId;

/// Fetch a blob into a new file and check that its content has its name.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac vault get 0x... backup.enc --account admin.json\n\nNext:\n  theriac vault status"
)]
pub(crate) struct Get {
    /// The blob.
    #[arg(value_name = "ID", value_parser = arguments::id)]
    blob: B256,
    /// The file to write; an existing one is not overwritten.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Get {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let (bar, transferred) = transfer(person.output);
        let id = ContentId(self.blob.0);
        let fetched = person.client.get_blob_file(id, &self.file, &transferred);
        let bytes = fetched.await?;
        drop(bar);
        let file = self.file.display().to_string();
        let value = json!({ "blob": self.blob, "bytes": bytes, "file": file });
        let text = table([("file", file), ("bytes", bytes.to_string())]);
        person.output.result(&value, &text)
    }
}
