//! `theriac pack exceptions answer`.

use super::Desk;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{fs, path::PathBuf};

/// Take the partner's answer to a report: send new data or product, return, credit, debit, or no.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack exceptions answer response.json --account pharmacist.json\n\nNext:\n  theriac pack exceptions resolve NUMBER --release"
)]
pub(in crate::commands::pack) struct Answer {
    /// The partner's response.
    #[arg(value_name = "FILE")]
    response: PathBuf,
}

impl Answer {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let response = fs::read(&self.response)
            .with_context(|| format!("cannot read {}", self.response.display()))?;
        let answered = desk.offline()?.answer_exceptions(&response)?;
        let answers = answered.answers.iter();
        let values: Vec<_> = answers
            .clone()
            .map(|(number, words)| json!({ "number": number, "answer": words }))
            .collect();
        let lines: Vec<_> = answers
            .map(|(number, words)| format!("{number:>4}  {words}"))
            .collect();
        let value = json!({ "case": answered.case, "answers": values });
        desk.output().result(&value, &lines.join("\n"))
    }
}
