//! `theriac trial analyse`.

use super::{Desk, read};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use theriac_gateway::trials::{NewAnalysis, dataset::NewDataset};

/// Enter an analysis of the locked data, as a statistician: each run has a number, and a run that is not shown is missed.
///
/// Each dataset is checked against the locked data as far as the file beside it says where its values come from, and is kept in the book,
/// encrypted, for evidence bundles. A dataset that was made of the locked data has such a file.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial analyse --plan 1 --outcome 0 --dataset ADSL.ndjson --dataset ADEFF.ndjson --program analysis.R --result result.json --account statistician.json\n\nNext:\n  theriac trial bundle --audience regulator --out study.zip\n  theriac trial publish paper.pdf --definition study.json"
)]
pub(super) struct Analyse {
    /// Number of the plan that asks for it; 0 for none.
    #[arg(long, value_name = "NUMBER")]
    plan: u16,
    /// Index of the outcome, from 0.
    #[arg(long, value_name = "INDEX")]
    outcome: u16,
    /// A dataset that went in, as Dataset-JSON; ADSL.lineage.ndjson beside ADSL.ndjson says where its values come from.
    #[arg(long, value_name = "FILE", required = true)]
    dataset: Vec<PathBuf>,
    /// What made the result of them.
    #[arg(long, value_name = "FILE")]
    program: PathBuf,
    /// What came out.
    #[arg(long, value_name = "FILE")]
    result: PathBuf,
}

impl Analyse {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let (program, result) = (read(&self.program)?, read(&self.result)?);
        let files = self.dataset.iter().map(|file| Files::read(file));
        let files = files.collect::<anyhow::Result<Vec<_>>>()?;
        let datasets: Vec<_> = files.iter().map(Files::dataset).collect();
        let new = NewAnalysis {
            plan: self.plan,
            datasets: &datasets,
            program: &program,
            result: &result,
            outcome: self.outcome,
        };
        let number = desk.party().await?.analyse(&new).await?;
        let names: Vec<_> = datasets.iter().map(|dataset| dataset.name).collect();
        let value = json!({ "analysis": number, "plan": self.plan, "outcome": self.outcome, "datasets": names });
        desk.output().result(&value, &format!("analysis {number}"))
    }
}

/// A dataset and the file beside it.
struct Files {
    name: String,
    rows: Vec<u8>,
    lineage: Vec<u8>,
}

impl Files {
    fn read(file: &Path) -> anyhow::Result<Self> {
        let name = file.file_stem().and_then(|stem| stem.to_str());
        let name = name.with_context(|| format!("{} has no name", file.display()))?;
        let rows = read(file)?;
        let lineage = read(&file.with_file_name(format!("{name}.lineage.ndjson")))?;
        let name = name.to_owned();
        Ok(Self {
            name,
            rows,
            lineage,
        })
    }

    fn dataset(&self) -> NewDataset<'_> {
        NewDataset {
            name: &self.name,
            rows: &self.rows,
            lineage: &self.lineage,
        }
    }
}
