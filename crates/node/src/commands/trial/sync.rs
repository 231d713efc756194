//! `theriac trial sync`.

use super::Desk;
use clap::Args;
use serde_json::json;
use theriac_gateway::trials::Settled;

/// Send what waits in your book of this account, finish what broke off, and read the log of the study.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial sync --account coordinator.json\n\nNext:\n  theriac trial status"
)]
pub(super) struct Sync {}

impl Sync {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        let progress = desk.output().progress("sending");
        let settled = party.settle_all().await?;
        party.sync().await?;
        drop(progress);
        let (mut lines, mut calls) = (Vec::new(), Vec::new());
        for (waiting, outcome) in settled {
            let (entries, refusal) = match outcome {
                Settled::Done(entries) => (entries.len(), None),
                Settled::Refused(error) => (0, Some(error.to_string())),
            };
            lines.push(match &refusal {
                None => format!("call {}  {entries} entries", waiting.number),
                Some(why) => format!("call {}  REFUSED: {why}", waiting.number),
            });
            calls.push(json!({ "call": waiting.number, "entries": entries, "refusal": refusal }));
        }
        if lines.is_empty() {
            lines.push("nothing waits".to_owned());
        }
        let entries = party.book().log_size()?;
        desk.output().result(
            &json!({ "calls": calls, "entries": entries }),
            &lines.join("\n"),
        )
    }
}
