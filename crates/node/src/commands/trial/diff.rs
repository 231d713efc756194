//! `theriac trial diff`.

use super::Desk;
use crate::output::write_new;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use theriac_standards::outcomes::{OutcomeDiff, page};

/// Compare the registered outcomes with amended and published ones: what was added, dropped, promoted, demoted or changed, and when.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial diff --account manager.json\n  theriac trial diff --html outcomes.html --account manager.json\n\nNext:\n  theriac trial bundle --audience public --out study.zip"
)]
pub(super) struct Diff {
    /// Write the last comparison side by side to this file.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl Diff {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let diffs = desk.party().await?.outcome_diffs().await?;
        if let (Some(file), Some(last)) = (&self.html, diffs.last()) {
            write_new(file, page(last).as_bytes())?;
        }
        let lines: Vec<_> = diffs.iter().flat_map(lines).collect();
        let text = match lines.is_empty() {
            true => "the outcomes stand as they were registered".to_owned(),
            false => lines.join("\n"),
        };
        let told: Result<Vec<Value>, _> = diffs.iter().map(serde_json::to_value).collect();
        desk.output().result(&json!({ "diffs": told? }), &text)
    }
}

fn lines(diff: &OutcomeDiff) -> Vec<String> {
    let head = format!(
        "{} against {}, {}",
        diff.after,
        diff.before,
        diff.phase.name()
    );
    let rows = diff.rows.iter().flat_map(|row| {
        let named = row.after.as_ref().or(row.before.as_ref());
        let name = named
            .map(|outcome| outcome.title.clone())
            .unwrap_or_default();
        row.changes
            .iter()
            .map(move |change| format!("  {name}: {}", change.class.name()))
    });
    std::iter::once(head).chain(rows).collect()
}
