//! `theriac trial send`.

use super::{Desk, form};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::book::Card;

/// Write the copy of another party: what it may read of this book, encrypted to it. Neither side has the only copy.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial send --to sponsor.json --out copy.theriac --account coordinator.json\n  theriac trial send --to sponsor.json --from 1200 --out copy-2.theriac --account coordinator.json\n\nNext:\n  the other party: theriac trial receive copy.theriac"
)]
pub(super) struct Send {
    /// The other party's card.
    #[arg(long, value_name = "CARD")]
    to: PathBuf,
    /// Forms of entries from this number on.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    from: u64,
    /// Where to write it; more files with .2, .3 behind where it is long.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Send {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let card: Card = form(&self.to)?;
        let mut party = desk.party().await?;
        let files = party.send_copy(&card, self.from, &self.out).await?;
        let next = party.book().log_size()?;
        let value = json!({ "files": files, "next": next });
        let text: Vec<_> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        desk.output().result(&value, &text.join("\n"))?;
        desk.output()
            .next("the other party: theriac trial receive FILE");
        Ok(())
    }
}
