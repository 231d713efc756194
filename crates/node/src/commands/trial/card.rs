//! `theriac trial card`.

use super::Desk;
use crate::output::write_new;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::book::Form as _;

/// Print the card of your book: to whom packages go, and to which key subjects' keys are wrapped.
///
/// It holds public keys only. The first command makes the book.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial card --out card.json --account investigator.json\n\nNext:\n  the sponsor: theriac trial site 1 --card card.json --out study.theriac"
)]
pub(super) struct Card {
    /// Write it to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Card {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let card = desk.begin().await?.card()?;
        let value = serde_json::to_value(&card)?;
        if let Some(file) = &self.out {
            write_new(file, card.to_json().as_bytes())?;
            let value = json!({ "file": file, "card": value });
            let text = format!("card written to {}", file.display());
            return desk.output().result(&value, &text);
        }
        desk.output().result(&value, &card.to_json())
    }
}
