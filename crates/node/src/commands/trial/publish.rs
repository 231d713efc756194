//! `theriac trial publish`.

use super::{Desk, form, read};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::definition::Definition;

/// Enter a publication of results with its outcomes, as the sponsor: they stand beside the registered ones.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial publish paper.pdf --definition published.json --account sponsor.json\n\nNext:\n  theriac trial diff"
)]
pub(super) struct Publish {
    /// The publication.
    #[arg(value_name = "FILE")]
    document: PathBuf,
    /// A definition (theriac-study/1) with the outcomes as they are published.
    #[arg(long, value_name = "FILE")]
    definition: PathBuf,
}

impl Publish {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let definition: Definition = form(&self.definition)?;
        let document = read(&self.document)?;
        let mut party = desk.party().await?;
        party.publish(&document, &definition.outcomes).await?;
        let value = json!({ "outcomes": definition.outcomes.len() });
        desk.output().result(&value, "entered")
    }
}
