//! `theriac pack prescription key`.

use super::Desk;
use crate::output::write_new;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::{book::Form as _, packs::prescriptions::KeyFile};

/// Make the key of a prescription to come: a file for your physician, which tells nothing of you.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack prescription key --out key.json --account patient.json\n\nNext:\n  the physician: theriac pack prescribe request.json --for key.json --out prescription.json"
)]
pub(in crate::commands::pack) struct Key {
    /// Where to write it.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Key {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let key = KeyFile::fresh(&desk.person.client).await?;
        write_new(&self.out, key.to_json().as_bytes())?;
        let value = json!({ "key": key.key, "file": self.out });
        desk.output().result(&value, &format!("key {}", key.key))
    }
}
