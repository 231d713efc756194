//! `theriac trial reader`.

use super::Desk;
use crate::arguments;
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// Let another account of your organisation read the book, by the key that it published.
///
/// Blinded and unblinded people keep separate books: whoever reads a book reads everything in it but other people's randomisation lists.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial reader 0x... --account investigator.json\n\nNext:\n  the person: theriac trial status"
)]
pub(super) struct Reader {
    /// The account; it published a key: theriac directory key.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    reader: Address,
}

impl Reader {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.add_reader(self.reader).await?;
        let value = json!({ "reader": self.reader });
        desk.output()
            .result(&value, &format!("{} may read the book", self.reader))
    }
}
