//! `theriac pack prescription cancel`.

use super::Desk;
use crate::arguments;
use alloy_primitives::Address;
use clap::Args;
use serde_json::json;

/// Cancel what is left of a prescription, as its prescriber or an administrator of the organisation in which it was made.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack prescription cancel 0x... --account physician.json\n\nNext:\n  theriac pack prescription show --key KEY"
)]
pub(in crate::commands::pack) struct Cancel {
    /// Any key of the prescription.
    #[arg(value_name = "KEY", value_parser = arguments::address)]
    key: Address,
}

impl Cancel {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        desk.person.client.cancel_prescription(self.key).await?;
        let value = json!({ "key": self.key, "cancelled": true });
        desk.output().result(&value, "cancelled")
    }
}
