//! `theriac trial erase`.

use super::{Desk, words};
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::ErasureBasis;

/// Erase a subject's data: the key is destroyed in this book, and in the others when they next read the ledger. Position and counts stay provable.
///
/// Laws keep trial data for years: before the study's retention is over, only an order or unlawful capture erases.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial erase 3 --basis unlawful --text 'consent was void' --account investigator.json\n\nNext:\n  destroy packages that you keep of it\n  theriac trial status --subjects"
)]
pub(super) struct Erase {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// By what right.
    #[arg(long, value_name = "BASIS", value_parser = words::erasure_basis())]
    basis: ErasureBasis,
    /// Why, in words without anything personal; the ledger gets a salted commitment.
    #[arg(long, value_name = "TEXT")]
    text: String,
}

impl Erase {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        let slot = party.slot(&self.subject)?;
        party.erase(slot, self.basis, &self.text).await?;
        let value = json!({ "subject": slot, "erased": true });
        desk.output()
            .result(&value, &format!("subject {slot} erased"))
    }
}
