//! `theriac trial analyse`.

use super::{Desk, read};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::NewAnalysis;

/// Enter an analysis of the locked data, as a statistician: each run has a number, and a run that is not shown is missed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial analyse --plan 1 --outcome 0 --data manifest.json --program analysis.R --result result.json --account statistician.json\n\nNext:\n  theriac trial publish paper.pdf --definition study.json"
)]
pub(super) struct Analyse {
    /// Number of the plan that asks for it; 0 for none.
    #[arg(long, value_name = "NUMBER")]
    plan: u16,
    /// Index of the outcome, from 0.
    #[arg(long, value_name = "INDEX")]
    outcome: u16,
    /// What data went in.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// What made the result of them.
    #[arg(long, value_name = "FILE")]
    program: PathBuf,
    /// What came out.
    #[arg(long, value_name = "FILE")]
    result: PathBuf,
}

impl Analyse {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let files = [&self.data, &self.program, &self.result];
        let [manifest, program, result] = files.map(|file| read(file));
        let (manifest, program, result) = (manifest?, program?, result?);
        let new = NewAnalysis {
            plan: self.plan,
            manifest: &manifest,
            program: &program,
            result: &result,
            outcome: self.outcome,
        };
        let number = desk.party().await?.analyse(&new).await?;
        let value = json!({ "analysis": number, "plan": self.plan, "outcome": self.outcome });
        desk.output().result(&value, &format!("analysis {number}"))
    }
}
