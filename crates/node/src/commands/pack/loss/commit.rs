//! `theriac pack loss commit`.

use super::Desk;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};

/// Enter a salted commitment to a report, so that nobody can say later that there was none. Your book keeps report and salt.
///
/// The explanation of a discrepancy carries its report's commitment itself: theriac pack count explain.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack loss commit report.json --account pharmacist.json\n\nNext:\n  send report.json to the authority, with its salt where it is to be checked"
)]
pub(in crate::commands::pack) struct Commit {
    /// The report.
    #[arg(value_name = "FILE")]
    report: PathBuf,
}

impl Commit {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let report = fs::read_to_string(&self.report)
            .with_context(|| format!("cannot read {}", self.report.display()))?;
        let opening = desk.partner().await?.commit_loss(&report).await?;
        let value = json!({ "salt": opening.salt, "commitment": opening.commitment });
        let text = format!(
            "commitment {}\nsalt {} (keep it with the report)",
            opening.commitment, opening.salt
        );
        desk.output().result(&value, &text)
    }
}
