//! `theriac trial randomise open`.

use super::Desk;
use crate::commands::trial::words;
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::OpeningReason;

/// Open a subject's allocation, as a trial pharmacist to dispense, or in an emergency as an investigator. That it was opened stands on the ledger for ever.
///
/// The network's keepers answer the entry, and nobody else is asked: the book needs the sealed entries of the list, which come with the sponsor's copy.
/// The one-time key is kept beside the keystore; what broke off is read with: theriac trial randomise show
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial randomise open 01-701-1015 --list 1 --reason dispensing --account pharmacist.json\n  theriac trial randomise open 01-701-1015 --list 1 --emergency --reason emergency --text '...' --account investigator.json\n\nNext:\n  see it again while the keepers answer: theriac trial randomise show SUBJECT --list 1"
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
        let keys = desk.person.request_keys()?;
        let opened = party
            .open_allocation((slot, self.list), why, (&self.text, &keys))
            .await?;
        let found = &opened.allocation;
        let bad: Vec<_> = opened.bad.iter().map(|bad| B256::new(bad.keeper)).collect();
        let value = json!({
            "subject": slot, "list": self.list, "emergency": self.emergency, "kit": found.kit, "arm": found.arm,
            "wrongKeepers": bad,
        });
        let mut text = format!("kit {}, arm {}", found.kit, found.arm);
        for keeper in bad {
            text.push_str(&format!(
                "\nkeeper {keeper} answered wrongly; tell its operator"
            ));
        }
        desk.output().result(&value, &text)
    }
}
