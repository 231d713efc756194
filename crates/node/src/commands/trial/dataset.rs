//! `theriac trial dataset`.

use super::{Desk, form};
use crate::output::write_new;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_gateway::trials::dataset::DatasetDefinition;

/// Make a dataset of the locked data for an analysis, with a file beside it that says of each value which item it is.
///
/// The definition names the columns and where their values come from: docs/guides/trials.md shows one. The same lock gives the same bytes.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial dataset adsl-definition.json --out data --account statistician.json\n\nNext:\n  theriac trial analyse --plan 1 --outcome 0 --dataset data/ADSL.ndjson --program analysis.R --result result.json"
)]
pub(super) struct Dataset {
    /// The definition.
    #[arg(value_name = "FILE")]
    definition: PathBuf,
    /// The folder for NAME.ndjson and NAME.lineage.ndjson.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

impl Dataset {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let definition: DatasetDefinition = form(&self.definition)?;
        let dataset = desk.party().await?.make_dataset(&definition).await?;
        fs::create_dir_all(&self.out)
            .with_context(|| format!("cannot make {}", self.out.display()))?;
        let file = |ending: &str| self.out.join(format!("{}.{ending}", dataset.name));
        let (rows, lineage) = (file("ndjson"), file("lineage.ndjson"));
        write_new(&rows, &dataset.rows)?;
        write_new(&lineage, &dataset.lineage)?;
        let count = dataset
            .lineage
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        let value = json!({ "dataset": rows, "lineage": lineage, "rows": count });
        let text = format!("{count} rows in {}", rows.display());
        desk.output().result(&value, &text)
    }
}
