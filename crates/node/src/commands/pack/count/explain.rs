//! `theriac pack count explain`.

use super::Desk;
use anyhow::Context as _;
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_contracts::codes::DiscrepancyOutcome;

/// Explain a discrepancy, as neither of the two who counted. The ledger gets a salted commitment to your report; keep the salt with it. For theft and loss,
/// theriac pack loss report makes the report.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack count explain 3 --outcome loss --report report.txt --account pharmacist.json\n\nNext:\n  theriac pack count record --cabinet ID --gtin GTIN --lost N, so that the balance is right again"
)]
pub(in crate::commands::pack) struct Explain {
    /// Its number.
    #[arg(value_name = "NUMBER")]
    number: u64,
    /// What it came from.
    #[arg(long, value_name = "OUTCOME", value_parser = outcome())]
    outcome: DiscrepancyOutcome,
    /// The report.
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
}

fn outcome() -> impl TypedValueParser<Value = DiscrepancyOutcome> {
    let words = PossibleValuesParser::new(DiscrepancyOutcome::ALL.iter().map(|one| one.word()));
    words
        .map(|word| DiscrepancyOutcome::from_word(&word).expect("only words of the list are taken"))
}

impl Explain {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let report = fs::read(&self.report)
            .with_context(|| format!("cannot read {}", self.report.display()))?;
        let opening = theriac_gateway::packs::commit_report(&report);
        let client = &desk.person.client;
        client
            .explain_discrepancy(self.number, self.outcome, opening.commitment)
            .await?;
        let value = json!({
            "discrepancy": self.number, "outcome": self.outcome.word(), "salt": opening.salt, "commitment": opening.commitment,
        });
        let text = format!(
            "explained as {}\nsalt {} (keep it with the report)",
            self.outcome, opening.salt
        );
        desk.output().result(&value, &text)
    }
}
