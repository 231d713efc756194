//! `theriac trial plan`.

use super::{Desk, read};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Register a plan of analysis, as a statistician, before the study is unblinded.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial plan sap.pdf --account statistician.json\n\nNext:\n  theriac trial lock\n  theriac trial unblind --plan 1"
)]
pub(super) struct Plan {
    /// The plan.
    #[arg(value_name = "FILE")]
    document: PathBuf,
}

impl Plan {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let number = desk.party().await?.plan(&read(&self.document)?).await?;
        let value = json!({ "plan": number });
        desk.output().result(&value, &format!("plan {number}"))
    }
}
