//! `theriac pack recall status`.

use super::{Desk, Lot};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_gateway::packs::recall::RecallStatus;

/// See how a recall stands: which of your buyers answered, which are open, and how many packs are where.
///
/// The last acknowledgement of each place counts. One that is not signed, or of another lot or organisation, is told and does not count.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack recall status L7 ack-1.json ack-2.theriac --account maker.json\n\nNext:\n  ask those who are open\n  theriac pack clear NUMBER"
)]
pub(in crate::commands::pack) struct Status {
    #[command(flatten)]
    lot: Lot,
    /// Acknowledgements.
    #[arg(value_name = "ACK")]
    acks: Vec<PathBuf>,
}

impl Status {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let read = |file: &PathBuf| {
            fs::read(file).with_context(|| format!("cannot read {}", file.display()))
        };
        let acks = self
            .acks
            .iter()
            .map(read)
            .collect::<anyhow::Result<Vec<_>>>()?;
        let partner = desk.partner().await?;
        let lot = (self.lot.gtin.as_deref(), self.lot.lot.as_str());
        let status = partner.recall_status(lot, &acks).await?;
        let rejected = status
            .rejected
            .iter()
            .map(|one| json!({ "file": self.acks[one.place], "message": one.fault.to_string() }));
        let open = status.open.iter().map(|buyer| {
            json!({ "organisation": buyer.organisation, "gln": buyer.gln, "packs": buyer.packs })
        });
        let counts = status.counts;
        let value = json!({
            "root": status.root, "answered": status.answered, "open": open.collect::<Vec<_>>(), "rejected": rejected.collect::<Vec<_>>(),
            "toPull": counts.to_pull, "pulled": counts.pulled, "notFound": counts.not_found, "dispensed": counts.dispensed, "sentOn": counts.sent_on,
        });
        desk.output().result(&value, &self.text(&status))
    }

    fn text(&self, status: &RecallStatus) -> String {
        let mut lines = Vec::new();
        lines.extend(status.answered.iter().map(|ack| {
            format!(
                "answered  organisation {} at {}: {} to pull, {} pulled, {} not found, {} dispensed, {} sent on",
                ack.from.organisation, ack.from.gln, ack.to_pull, ack.pulled, ack.not_found, ack.dispensed, ack.sent_on
            )
        }));
        lines.extend(status.open.iter().map(|buyer| {
            format!(
                "OPEN      organisation {} at {}: {} packs were shipped there",
                buyer.organisation, buyer.gln, buyer.packs
            )
        }));
        lines.extend(status.rejected.iter().map(|one| {
            format!(
                "REJECTED  {}: {}",
                self.acks[one.place].display(),
                one.fault
            )
        }));
        let counts = status.counts;
        lines.push(format!(
            "{} to pull, {} pulled, {} not found, {} dispensed, {} sent on",
            counts.to_pull, counts.pulled, counts.not_found, counts.dispensed, counts.sent_on
        ));
        lines.join("\n")
    }
}
