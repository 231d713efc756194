//! `theriac trial receive`.

use super::{Desk, read};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::Refusal;

/// Take a package of another party: each form in it must be what the ledger commits to, or nothing of it is taken.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial receive copy.theriac --account data-manager.json\n\nNext:\n  theriac trial compare"
)]
pub(super) struct Receive {
    /// The package.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Receive {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let bytes = read(&self.file)?;
        let mut party = desk.writing(desk.begin().await?)?;
        let progress = desk.output().progress("checking");
        let taken = party.receive(&bytes).await?;
        drop(progress);
        let differences: Vec<_> = taken.differences.iter().map(super::compare::told).collect();
        let value = json!({
            "from": taken.organisation, "documents": taken.documents, "subjects": taken.subjects, "forms": taken.forms,
            "differences": differences,
        });
        let mut text = format!(
            "{} documents, {} subjects, {} forms from organisation {}",
            taken.documents, taken.subjects, taken.forms, taken.organisation
        );
        for difference in &taken.differences {
            text.push_str(&format!("\nDIFFERS  {difference}"));
        }
        desk.output().result(&value, &text)?;
        match taken.differences.len() {
            0 => Ok(()),
            count => Err(Refusal::CopiesDiffer(count).into()),
        }
    }
}
