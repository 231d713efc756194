//! `theriac pack loss report`.

use super::Desk;
use crate::output::write_new;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_gateway::book::Form as _;
use theriac_gateway::packs::loss::{Facts, LossReport};

/// Make a report: of a discrepancy of a cabinet, or of packs that were decommissioned as stolen or lost.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack loss report facts.json --discrepancy 3 --gtin 04012345123456 --counted 48 --out report.json --account pharmacist.json\n  theriac pack loss report facts.json --pack \"$SCAN\" --out report.json --account pharmacist.json\n\nNext:\n  a third person: theriac pack count explain 3 --outcome theft --report report.json\n  theriac pack loss commit report.json, for packs"
)]
pub(in crate::commands::pack) struct Report {
    /// What you fill in.
    #[arg(value_name = "FACTS")]
    facts: PathBuf,
    /// The discrepancy.
    #[arg(long, value_name = "NUMBER", requires_all = ["gtin", "counted"], conflicts_with = "packs", required_unless_present = "packs")]
    discrepancy: Option<u64>,
    /// Its product.
    #[arg(long, value_name = "GTIN")]
    gtin: Option<String>,
    /// How many are there.
    #[arg(long, value_name = "COUNT")]
    counted: Option<i64>,
    /// A pack that was decommissioned as stolen or lost; again for each.
    #[arg(long = "pack", value_name = "SCAN")]
    packs: Vec<String>,
    /// Where to write the report.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Report {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let facts = fs::read(&self.facts)
            .with_context(|| format!("cannot read {}", self.facts.display()))?;
        let facts =
            Facts::read(&facts).with_context(|| format!("cannot take {}", self.facts.display()))?;
        let report = self.report(desk, facts).await?;
        write_new(&self.out, report.to_json().as_bytes())?;
        let items = report.items.iter();
        let lines = items.map(|item| {
            format!(
                "{}  {} packs, {} units of {} {}",
                item.gtin, item.packs, item.quantity, item.trade_name, item.strength
            )
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        let value = json!({ "file": self.out, "items": report.items });
        desk.output().result(&value, &text)
    }

    async fn report(&self, desk: &Desk, facts: Facts) -> anyhow::Result<LossReport> {
        Ok(match (self.discrepancy, &self.gtin, self.counted) {
            (Some(number), Some(gtin), Some(counted)) => {
                let partner = desk.partner().await?;
                partner
                    .report_discrepancy((number, gtin, counted), facts)
                    .await?
            }
            (None, ..) | (Some(_), ..) => desk.offline()?.report_packs(&self.packs, facts)?,
        })
    }
}
