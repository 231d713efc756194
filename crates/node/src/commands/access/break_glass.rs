//! `theriac access break-glass`.

use super::open::warn;
use crate::{arguments, output::write_new, person::Person};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};
use theriac_contracts::codes::Purpose;
use theriac_sdk::seals::Emergency;

/// Open sealed records in an emergency, without a grant.
///
/// For physicians and nurses, within what the patient left open for emergencies. She and your privacy officer hear of it at once, and it is
/// reviewed. Your reason stays beside your keystore file; a salted commitment to it goes to the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access break-glass --chart 0x... --purpose ETREAT --reason-file reason.txt --out emergency --account doctor.json\n\nNext:\n  your privacy officer: theriac access review"
)]
pub(crate) struct BreakGlass {
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// A record, more than once for several; without it, all that the patient left open, the newest 512 at most.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    record: Vec<B256>,
    /// BTG to break the glass, ETREAT for emergency treatment.
    #[arg(long, value_parser = arguments::purpose(), default_value = "BTG")]
    purpose: Purpose,
    /// A file with the reason in words.
    #[arg(long, value_name = "FILE")]
    reason_file: PathBuf,
    /// Write each document into this folder, as its record's identifier and .json.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

impl BreakGlass {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let reason = fs::read_to_string(&self.reason_file)
            .with_context(|| format!("cannot read {}", self.reason_file.display()))?;
        fs::create_dir_all(&self.out)
            .with_context(|| format!("cannot make {}", self.out.display()))?;
        let progress = person.output.progress("opening the records");
        let emergency = Emergency {
            chart: self.chart,
            records: &self.record,
            purpose: self.purpose,
            reason: reason.trim(),
        };
        let keys = person.request_keys()?;
        let opened = person.client.break_glass(emergency, &keys).await?;
        drop(progress);
        warn(&opened.bad);
        let mut files = Vec::new();
        for document in &opened.documents {
            let path = self.out.join(format!("{}.json", document.record.id));
            write_new(&path, &document.bytes)?;
            files.push(json!({ "record": document.record.id, "file": path, "bytes": document.bytes.len() }));
        }
        let value = json!({
            "opening": opened.opening, "chart": self.chart, "documents": files, "height": opened.height, "transaction": opened.transaction,
        });
        let text = format!(
            "opened  {} records into {}, opening {}, entered at height {}",
            opened.documents.len(),
            self.out.display(),
            opened.opening,
            opened.height
        );
        person.output.result(&value, &text)?;
        person
            .output
            .next("the patient and your privacy officer have been told; a review is due");
        Ok(())
    }
}
