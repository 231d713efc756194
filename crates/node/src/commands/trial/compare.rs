//! `theriac trial compare`.

use super::Desk;
use clap::Args;
use serde_json::{Value, json};
use theriac_gateway::trials::{Refusal, copy::Difference};

/// Hold your book against the ledger: each form that the log names must be there, unaltered; any difference is named.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial compare --account data-manager.json\n\nNext:\n  theriac trial restore copy.theriac --mend"
)]
pub(super) struct Compare {}

impl Compare {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        let progress = desk.output().progress("comparing");
        let differences = party.compare().await?;
        drop(progress);
        let entries = party.book().log_size()?;
        let value = json!({ "entries": entries, "differences": differences.iter().map(told).collect::<Vec<_>>() });
        let lines: Vec<_> = differences
            .iter()
            .map(|difference| format!("DIFFERS  {difference}"))
            .collect();
        let text = if lines.is_empty() {
            format!("the book is as the {entries} entries of the ledger say")
        } else {
            lines.join("\n")
        };
        desk.output().result(&value, &text)?;
        match differences.len() {
            0 => Ok(()),
            count => Err(Refusal::CopiesDiffer(count).into()),
        }
    }
}

/// A difference as JSON.
pub(super) fn told(difference: &Difference) -> Value {
    json!({
        "subject": difference.slot, "cell": difference.cell, "entry": difference.entry, "document": difference.document,
        "fault": difference.fault.word(),
    })
}
