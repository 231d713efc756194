//! `theriac pack count witness`.

use super::Desk;
use crate::output::write_new;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};

/// Witness a count that someone else wrote down, with your own account.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack count witness count.json --out signed.json --account nurse.json\n\nNext:\n  who counted: theriac pack count enter count.json --signed signed.json"
)]
pub(in crate::commands::pack) struct Witness {
    /// The count.
    #[arg(value_name = "FILE")]
    count: PathBuf,
    /// Where to write your signature.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Witness {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let count = read(&self.count)?;
        let signed = desk.person.client.witness_count(&count).await?;
        write_new(&self.out, serde_json::to_string(&signed)?.as_bytes())?;
        let value = json!({ "witness": signed.witness, "file": self.out });
        desk.output()
            .result(&value, &format!("witnessed by {}", signed.witness))
    }
}

/// A small file of JSON.
pub(super) fn read<T: serde::de::DeserializeOwned>(file: &std::path::Path) -> anyhow::Result<T> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not of its form", file.display()))
}
