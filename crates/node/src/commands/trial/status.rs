//! `theriac trial status`.

use super::Desk;
use crate::output::table;
use clap::Args;
use serde_json::{Value, json};
use theriac_contracts::codes::{StudyStatus, SubjectStatus};
use theriac_evidence::trial::{Subject, kind_word};
use theriac_gateway::trials::Party;

/// Show how the study stands: what is missing, open and unsigned before it can be locked, and what waits in your book.
///
/// Allocations are shown to no one here; a pharmacist or unblinded statistician asks for one: theriac trial randomise show.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial status --account coordinator.json\n  theriac trial status --subjects --account investigator.json\n\nNext:\n  theriac trial miss, query answer, sign: for what stands in the way of the lock"
)]
pub(super) struct Status {
    /// Each subject.
    #[arg(long)]
    subjects: bool,
    /// Each form of the schedule.
    #[arg(long)]
    schedule: bool,
    /// Each entry of the log.
    #[arg(long)]
    log: bool,
}

impl Status {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let study = party.study()?;
        let told = party.client().trial(study).await?;
        let sums = party.client().trial_sums(study).await?;
        let status = StudyStatus::from_code(told.status).map_or("unknown", |one| one.word());
        let waiting = party.book().waiting()?.len();
        let mut value = json!({
            "study": study, "sponsor": told.sponsor, "number": told.number, "status": status, "entries": told.size,
            "version": told.version, "sites": told.sites, "subjects": sums.subjects, "items": sums.items, "nulls": sums.nulls,
            "missing": sums.missing, "openQueries": sums.openQueries, "unsigned": sums.unsigned, "waiting": waiting,
        });
        let mut text = table([
            ("study", study.to_string()),
            ("status", status.to_owned()),
            ("entries", told.size.to_string()),
            ("subjects", sums.subjects.to_string()),
            ("items", format!("{}, {} nulls", sums.items, sums.nulls)),
            ("missing forms", sums.missing.to_string()),
            ("open queries", sums.openQueries.to_string()),
            ("unsigned subjects", sums.unsigned.to_string()),
            ("waiting", waiting.to_string()),
        ]);
        if self.subjects {
            let (subjects, lines) = subjects(&party, &party.records().await?)?;
            value["list"] = subjects;
            text.push_str(&lines);
        }
        if self.schedule {
            let schedule = party.schedule()?;
            let cells: Vec<_> = schedule.cells().collect();
            value["schedule"] = cells
                .iter()
                .map(|(cell, visit, form)| json!({ "cell": cell, "visit": visit, "form": form }))
                .collect();
            for (cell, visit, form) in cells {
                text.push_str(&format!("\n{cell:4}  {visit}  {form}"));
            }
        }
        if self.log {
            let log = party.book().log()?;
            value["log"] = log
                .iter()
                .map(|logged| {
                    let entry = &logged.entry;
                    json!({
                        "entry": entry.number, "kind": kind_word(entry.kind), "subject": entry.slot, "site": entry.site,
                        "by": entry.actor, "timeMs": entry.time_ms,
                    })
                })
                .collect();
            for logged in &log {
                let entry = &logged.entry;
                let time = crate::arguments::utc(entry.time_ms);
                let word = kind_word(entry.kind);
                text.push_str(&format!(
                    "\n{:6}  {time}  {word}  subject {}",
                    entry.number, entry.slot
                ));
            }
        }
        desk.output().result(&value, &text)
    }
}

fn subjects(party: &Party, records: &[Subject]) -> anyhow::Result<(Value, String)> {
    let (mut values, mut lines) = (Vec::new(), String::new());
    for record in records {
        // Whether a subject was allocated is no arm; what it was given is not here.
        let status = SubjectStatus::from_code(record.status).map_or("unknown", |one| one.word());
        let label = party.label(record.slot).ok().flatten();
        values.push(json!({
            "subject": record.slot, "label": label, "site": record.site, "status": status, "entries": record.entries,
            "items": record.items, "nulls": record.nulls, "missing": record.missing, "openQueries": record.open_queries,
            "unsigned": record.unsigned == 1,
        }));
        lines.push_str(&format!(
            "\nsubject {}  {}  site {}  {status}  {} items  {} missing  {} queries{}",
            record.slot,
            label.unwrap_or_default(),
            record.site,
            record.items,
            record.missing,
            record.open_queries,
            if record.unsigned == 1 {
                "  UNSIGNED"
            } else {
                ""
            },
        ));
    }
    Ok((values.into(), lines))
}
