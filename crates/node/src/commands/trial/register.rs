//! `theriac trial register`.

use super::{Desk, form, read};
use crate::{
    arguments::{self, Expiry},
    errors::UsageError,
    output::table,
};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::trials::definition::Definition;

/// Register a study, as an administrator of its sponsor, before anybody enrols.
///
/// The ledger gets hashes of protocol and schedule, and each word of the outcomes as a salted hash: later changes of them are entries that
/// everybody sees. What opens them is in your book. The study gets the sponsor's next number: a second registration shows.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial register study.json --account sponsor.json\n\nThe file (theriac-study/1): title, protocol, visits with their forms, outcomes (level, id, domain, measurement, metric, aggregation, timePoint, population),\napprovers, threshold, retentionUntil.\n\nNext:\n  theriac trial site 1 --card card.json --out study.theriac"
)]
pub(super) struct Register {
    /// The definition of the study.
    #[arg(value_name = "FILE")]
    definition: PathBuf,
    /// A USDM 4 document whose visits, forms and outcomes take the place of those of the file.
    #[arg(long, value_name = "FILE")]
    usdm: Option<PathBuf>,
}

impl Register {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut definition: Definition = form(&self.definition)?;
        if let Some(file) = &self.usdm {
            let of_usdm = Definition::of_usdm(&read(file)?)?;
            definition.visits = of_usdm.visits;
            definition.outcomes = of_usdm.outcomes;
        }
        let retention = retention_ms(&definition.retention_until)?;
        let mut party = desk.writing(desk.begin().await?)?;
        let progress = desk.output().progress("registering");
        let study = party.register(&definition, retention).await?;
        drop(progress);
        let told = party.client().trial(study).await?;
        let value = json!({
            "study": study, "sponsor": told.sponsor, "number": told.number, "visits": told.visits, "forms": told.cells,
            "outcomes": told.outcomes,
        });
        let text = table([
            ("study", study.to_string()),
            ("sponsor's number", told.number.to_string()),
            ("visits", told.visits.to_string()),
            ("forms", told.cells.to_string()),
            ("outcomes", told.outcomes.to_string()),
        ]);
        desk.output().result(&value, &text)?;
        desk.output()
            .next("theriac trial site 1 --card card.json --out study.theriac");
        Ok(())
    }
}

/// The end of a day in Unix milliseconds.
fn retention_ms(day: &str) -> Result<u64, UsageError> {
    let wrong = || UsageError("retentionUntil: expected a day such as 2050-12-31".to_owned());
    match arguments::expiry(day) {
        Ok(Expiry::At(seconds)) => Ok(seconds.saturating_mul(1_000)),
        Ok(Expiry::In(_)) | Err(_) => Err(wrong()),
    }
}
