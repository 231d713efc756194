//! `theriac trial randomise open`.

use super::Desk;
use crate::commands::trial::words;
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::OpeningReason;

/// Enter that a subject's allocation is opened: as a trial pharmacist to dispense, or in an emergency as an investigator. It stands on the ledger for ever.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial randomise open 01-701-1015 --list 1 --reason dispensing --account pharmacist.json\n  theriac trial randomise open 01-701-1015 --list 1 --emergency --reason emergency --text '...' --account investigator.json\n\nNext:\n  who keeps the list tells the reader: theriac trial randomise show SUBJECT --list 1"
)]
pub(in crate::commands::trial) struct Open {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The list.
    #[arg(long, value_name = "LIST")]
    list: u16,
    /// The investigator must know, to treat the participant.
    #[arg(long)]
    emergency: bool,
    /// Why.
    #[arg(long, value_name = "REASON", value_parser = words::opening_reason())]
    reason: OpeningReason,
    /// Why, in words; the ledger gets a salted commitment.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    text: String,
}

impl Open {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let slot = party.slot(&self.subject)?;
        let why = (self.emergency, self.reason.code());
        party
            .open_allocation((slot, self.list), why, &self.text)
            .await?;
        let value = json!({ "subject": slot, "list": self.list, "emergency": self.emergency });
        desk.output().result(&value, "entered")
    }
}
