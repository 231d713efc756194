//! `theriac pack recall not-found`.

use super::{Desk, Lot};
use clap::Args;
use serde_json::json;

/// Note that what is still to be pulled of a lot was looked for, and is not there. It may be pulled later, where it is found.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack recall not-found L7 --account pharmacist.json\n\nNext:\n  theriac pack recall ack L7 --out ack.json"
)]
pub(in crate::commands::pack) struct NotFound {
    #[command(flatten)]
    lot: Lot,
}

impl NotFound {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let Lot { lot, gtin } = self.lot;
        let packs = desk.offline()?.not_found(gtin.as_deref(), &lot)?;
        let value = json!({ "lot": lot, "notFound": packs });
        desk.output().result(
            &value,
            &format!("{packs} packs of lot {lot} were not found"),
        )
    }
}
