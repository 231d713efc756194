//! `theriac trial randomise allocate`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Give a subject the next index of a list, as an investigator or trial pharmacist of the site: nobody chooses or skips one.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial randomise allocate 01-701-1015 --list 1 --account investigator.json\n\nNext:\n  the pharmacist: theriac trial randomise open SUBJECT --list 1 --reason dispensing"
)]
pub(in crate::commands::trial) struct Allocate {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The list.
    #[arg(long, value_name = "LIST")]
    list: u16,
}

impl Allocate {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let slot = party.slot(&self.subject)?;
        party.allocate(slot, self.list).await?;
        // The index says nothing of the arm, and is not needed at the site.
        let value = json!({ "subject": slot, "list": self.list, "allocated": true });
        desk.output()
            .result(&value, &format!("subject {slot} allocated"))
    }
}
