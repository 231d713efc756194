//! `theriac vault put`.

use crate::{
    output::{table, transfer},
    person::Person,
};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Store a file as a blob over the members; it is named by its content.
///
/// Returns when so many members hold it durably that any third of them may lose it. The file is stored as it is: encrypt it first.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac vault put backup.enc --account admin.json\n\nNext:\n  theriac vault get ID FILE"
)]
pub(crate) struct Put {
    /// The file, of at most 64 GiB.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Put {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let (bar, transferred) = transfer(person.output);
        let content = person
            .client
            .put_blob_file(&self.file, &transferred)
            .await?;
        drop(bar);
        let id = format!("0x{}", content.id);
        let value = json!({ "blob": id, "bytes": content.length });
        let text = table([("blob", id), ("bytes", content.length.to_string())]);
        person.output.result(&value, &text)
    }
}
