//! `theriac pack count open`.

use super::Desk;
use clap::Args;
use serde_json::json;
use theriac_contracts::OrganisationId;

/// Open a cabinet for your organisation.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack count open --auditor 5 --account pharmacist.json\n\nNext:\n  theriac pack count record --cabinet ID --gtin GTIN --received 50"
)]
pub(in crate::commands::pack) struct Open {
    /// A regulator that may read it.
    #[arg(long, value_name = "ORGANISATION")]
    auditor: Option<u32>,
}

impl Open {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let auditor = self.auditor.map(OrganisationId);
        let cabinet = desk.person.client.open_cabinet(auditor).await?;
        let value = json!({ "cabinet": cabinet, "auditor": self.auditor });
        desk.output().result(&value, &format!("cabinet {cabinet}"))
    }
}
