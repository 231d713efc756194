//! `theriac trial withdraw`.

use super::{Desk, words};
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::EndScope;

/// End a subject's part in the study. What was captured stays; what remains due is still owed.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial withdraw 3 --scope completion --account investigator.json\n  theriac trial withdraw 4 --scope treatment --due 0x30 --text 'adverse event' --account investigator.json\n\nNext:\n  theriac trial miss, for forms of visits that were due\n  theriac trial status --subjects"
)]
pub(super) struct Withdraw {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// What ends.
    #[arg(long, value_name = "SCOPE", value_parser = words::scope())]
    scope: EndScope,
    /// Visits that remain due, as a mask: 1 for the first, 2 for the second, 4 for the third, and their sums. Without it, the visits that have a form.
    #[arg(long, value_name = "MASK", value_parser = mask)]
    due: Option<u64>,
    /// Why, in words; the ledger gets a salted commitment.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    text: String,
}

impl Withdraw {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        let slot = party.slot(&self.subject)?;
        let due = match self.due {
            Some(due) => due,
            None => {
                let study = party.study()?;
                party.client().trial_subject(study, slot).await?.due
            }
        };
        party
            .withdraw(slot, (self.scope, due), (&self.text, 0))
            .await?;
        let value = json!({ "subject": slot, "scope": self.scope.word(), "due": due });
        desk.output()
            .result(&value, &format!("subject {slot}: {}", self.scope))
    }
}

fn mask(text: &str) -> Result<u64, String> {
    let wrong = || "expected a number, or 0x and hexadecimal digits".to_owned();
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).map_err(|_| wrong()),
        None => text.parse().map_err(|_| wrong()),
    }
}
