//! `theriac trial unblind`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Unblind the locked study under a registered plan, as the unblinded statistician: the secrets of all lists are published in bundles.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial unblind --plan 1 --account unblinded.json --book lists\n\nNext:\n  theriac trial send CARD, to the book of the statistician\n  theriac trial dataset adsl-definition.json --out data"
)]
pub(super) struct Unblind {
    /// Number of the plan.
    #[arg(long, value_name = "NUMBER")]
    plan: u16,
}

impl Unblind {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        desk.party().await?.unblind(self.plan).await?;
        let value = json!({ "unblinded": true, "plan": self.plan });
        desk.output().result(&value, "unblinded")
    }
}
