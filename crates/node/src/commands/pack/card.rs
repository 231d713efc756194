//! `theriac pack card`.

use super::Desk;
use crate::output::write_new;
use clap::Args;
use std::path::PathBuf;

/// Print the card that you give to your suppliers: to whom they hand over, and to which key they encrypt.
///
/// It holds public keys only. Whoever has it can send you packs, and nobody can tell from the ledger that they went to you.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack card --gln 4012345000009 --account pharmacy.json > card.json\n  theriac pack card --out card.json --account pharmacy.json\n\nNext:\n  your supplier: theriac pack ship --to card.json --lot LOT --count N --out FILE"
)]
pub(super) struct Card {
    /// Write it to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Card {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let card = desk.beside().await?.card()?;
        let value = serde_json::to_value(&card)?;
        if let Some(file) = &self.out {
            write_new(file, card.to_json().as_bytes())?;
            let value = serde_json::json!({ "file": file, "card": value });
            return desk
                .output()
                .result(&value, &format!("card written to {}", file.display()));
        }
        desk.output().result(&value, &card.to_json())
    }
}
