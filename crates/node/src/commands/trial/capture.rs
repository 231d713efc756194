//! `theriac trial capture`.

use super::{Desk, read, words};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_contracts::codes::CorrectionReason;
use theriac_gateway::trials::source::{Mapped, gather, read_table};
use theriac_standards::table::Mapping;

/// Capture forms of a table: many subjects and visits at a time, up to 128 forms in one transaction.
///
/// Values are encrypted in your book under each subject's key; the ledger gets one root for each form, how many items and nulls it has, and a
/// block that your side knew, so that nothing can be dated back or prepared in advance. A file may be given again: forms that stand as they are
/// in it are passed over.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial capture data.csv --account coordinator.json\n  theriac trial capture wide.csv --mapping columns.csv --account coordinator.json\n\nThe table: subject, visit, form, item, value, and where they are known unit, null_flavour, reason, observed_at.\nThe mapping: column, as (subject, visit, observed_at, item, ignore), form, item, unit.\n\nNext:\n  theriac trial sign --subject LABEL --meaning responsibility --name 'A. Person' --factor factor.json"
)]
pub(super) struct Capture {
    /// A table (CSV).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What each column is, where the table has a row for each subject and visit.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Correct what stands otherwise, for this reason; without it, such a file is refused.
    #[arg(long, value_name = "REASON", value_parser = words::correction_reason())]
    correct: Option<CorrectionReason>,
    /// Why it is corrected, in words.
    #[arg(
        long,
        value_name = "TEXT",
        requires = "correct",
        default_value = "",
        hide_default_value = true
    )]
    text: String,
}

impl Capture {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let bytes = read(&self.file)?;
        let mapped = match &self.mapping {
            None => Mapped::Long,
            Some(file) => Mapped::Wide(Mapping::read(&read(file)?)?),
        };
        let mut party = desk.party().await?;
        party.sync().await?;
        let progress = desk.output().progress("capturing");
        let values = read_table(&bytes, &mapped).map_err(theriac_gateway::trials::Error::from)?;
        let count = values.len();
        let mut gathered = gather(&party, &party.schedule()?, values)?;
        for correction in &mut gathered.differing {
            let (slot, cell) = (correction.slot, correction.cell);
            let Some(reason) = self.correct else {
                return Err(theriac_gateway::trials::Refusal::FormCaptured { slot, cell }.into());
            };
            correction.reason_code = reason.code();
            correction.reason.clone_from(&self.text);
        }
        if !gathered.fresh.is_empty() {
            party.capture(&gathered.fresh).await?;
        }
        if !gathered.differing.is_empty() {
            party.correct(&gathered.differing).await?;
        }
        drop(progress);
        let (fresh, corrected) = (gathered.fresh.len(), gathered.differing.len());
        let value = json!({ "values": count, "captured": fresh, "same": gathered.same, "corrected": corrected });
        let text = format!(
            "{count} values: {fresh} forms captured, {corrected} corrected, {} as before",
            gathered.same
        );
        desk.output().result(&value, &text)
    }
}
