//! `theriac pack sync`.

use super::Desk;
use clap::Args;
use serde_json::json;
use theriac_gateway::packs::{Settled, book::Entry};

/// Send what waits in your book, and finish what broke off; collisions are told.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack sync --account pharmacist.json\n\nNext:\n  theriac pack watch"
)]
pub(super) struct Sync {}

impl Sync {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut partner = desk.partner().await?;
        let progress = desk.output().progress("sending");
        let settled = partner.settle_all().await?;
        let files = partner.write_packages().await?;
        drop(progress);
        let (mut lines, mut entries) = (Vec::new(), Vec::new());
        for (waiting, outcome) in settled {
            let word = waiting.entry.word();
            let refusal = match outcome {
                Settled::Done => None,
                Settled::Refused(error) => Some(match &waiting.entry {
                    Entry::Leave { tags, .. } if tags.len() == 1 => {
                        partner.why_refused(tags[0], error).await
                    }
                    _ => error,
                }),
            };
            let told = refusal.map(|error| error.to_string());
            lines.push(match &told {
                None => format!("{word}  done"),
                Some(why) => format!("{word}  REFUSED: {why}"),
            });
            entries.push(json!({ "entry": word, "done": told.is_none(), "refusal": told }));
        }
        lines.extend(
            files
                .iter()
                .map(|file| format!("package written to {}", file.display())),
        );
        if lines.is_empty() {
            lines.push("nothing waits".to_owned());
        }
        desk.output().result(
            &json!({ "entries": entries, "files": files }),
            &lines.join("\n"),
        )
    }
}
