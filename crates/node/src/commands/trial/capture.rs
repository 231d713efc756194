//! `theriac trial capture`.

mod source;

use super::{Desk, read, words};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_contracts::codes::CorrectionReason;
use theriac_gateway::trials::source::{Mapped, gather, read_table};
use theriac_standards::table::Mapping;

/// Capture forms of a table, an ODM file or a Dataset-JSON file: many subjects and visits at a time, up to 128 forms in one transaction.
///
/// Values are encrypted in your book under each subject's key; the ledger gets one root for each form, how many items and nulls it has, and a
/// block that your side knew, so that nothing can be dated back or prepared in advance. A file may be given again: forms that stand as they are
/// in it are passed over. Of an ODM or Dataset-JSON file in which something does not fit, nothing is captured, and each place is told.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial capture data.csv --account coordinator.json\n  theriac trial capture wide.csv --mapping columns.csv --account coordinator.json\n  theriac trial capture export.xml --account coordinator.json\n  theriac trial capture vs.dsjc --mapping vs-mapping.json --account coordinator.json\n\nThe table: subject, visit, form, item, value, and where they are known unit, null_flavour, reason, observed_at.\nThe mapping: column, as (subject, visit, observed_at, item, ignore), form, item, unit.\nOf Dataset-JSON: { \"subject\": \"USUBJID\", \"visit\": { \"column\": \"VISIT\" }, \"form\": { \"name\": \"VS\" }, \"items\": [\"SYSBP\"] }.\n\nNext:\n  theriac trial sign --subject LABEL --meaning responsibility --name 'A. Person' --factor factor.json"
)]
pub(super) struct Capture {
    /// A table (.csv), ODM 1.3 or 2.0 (.xml), or Dataset-JSON (.json, .ndjson, .dsjc).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What each column is, where there is a row for each subject and visit, and of Dataset-JSON always.
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
        match source::kind(&self.file) {
            Some(kind) => self.take(kind, desk).await,
            None => self.table(desk).await,
        }
    }

    async fn table(self, desk: &Desk) -> anyhow::Result<()> {
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
