//! `theriac trial lock`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// Lock the data, as a data manager: while nothing that is due is missing, no query is open and every subject with data is signed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial lock --account data-manager.json\n\nNext:\n  theriac trial bundle --audience regulator --out study.zip\n  theriac trial unblind --plan 1"
)]
pub(super) struct Lock {}

impl Lock {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let entered = desk.party().await?.lock().await?;
        let entry = entered.first().map(|logged| logged.entry.number);
        let value = json!({ "locked": true, "entry": entry });
        desk.output().result(&value, "locked")
    }
}
