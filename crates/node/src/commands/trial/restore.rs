//! `theriac trial restore`.

use super::{Desk, read};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::{Party, Refusal};

/// Bring back your book from the other party's copy: all of it where it was lost, or those forms that differ from the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial restore copy.theriac --book new --account coordinator.json\n  theriac trial restore copy.theriac --mend --account data-manager.json\n\nNext:\n  theriac trial compare"
)]
pub(super) struct Restore {
    /// The copy that the other party sent: theriac trial send.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The book is there: put forms that differ from the ledger right, and leave the rest.
    #[arg(long)]
    mend: bool,
}

impl Restore {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let bytes = read(&self.file)?;
        if self.mend {
            let mut party = desk.party().await?;
            let taken = party.mend(&bytes).await?;
            let left: Vec<_> = taken.differences.iter().map(super::compare::told).collect();
            let value = json!({ "restored": taken.forms, "differences": left });
            let text = format!(
                "{} forms restored, {} differ still",
                taken.forms,
                left.len()
            );
            desk.output().result(&value, &text)?;
            return match left.len() {
                0 => Ok(()),
                count => Err(Refusal::CopiesDiffer(count).into()),
            };
        }
        let client = desk.person.client.clone();
        let party = Party::restore(client, &desk.book, &bytes).await?;
        let (subjects, entries) = (party.book().subjects()?.len(), party.book().log_size()?);
        let value = json!({ "subjects": subjects, "entries": entries });
        desk.output()
            .result(&value, &format!("{subjects} subjects, {entries} entries"))
    }
}
