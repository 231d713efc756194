//! `theriac dataset validate`.

use crate::{cli::Global, errors::NotAccepted};
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use std::{fs::File, io::BufReader, path::PathBuf};
use theriac_standards::dataset::{Header, Limits, Reader, Report};

/// Check a dataset: does it keep the standard, and do its rows keep to the columns that it declares?
///
/// Dataset-JSON 1.1 as one object (.json), in lines (.ndjson) or compressed (.dsjc), of any length. What breaks the standard is told with row,
/// column and rule, the first thousand of it; values are not shown, since they may be a person's.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac dataset validate adsl.json\n  theriac dataset validate adsl.dsjc --json\n\nExit codes:\n  0 accepted, 4 refused\n\nNext:\n  theriac dataset convert FILE --to ndjson"
)]
pub(crate) struct Validate {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Validate {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let file = File::open(&self.file)
            .with_context(|| format!("cannot open {}", self.file.display()))?;
        let unreadable = || format!("cannot read {}", self.file.display());
        let file = BufReader::with_capacity(1 << 16, file);
        let mut reader = Reader::open(file, Limits::default()).with_context(unreadable)?;
        let form = reader.form().ending();
        while reader.next_row().with_context(unreadable)?.is_some() {}
        let rows = reader.rows();
        let (header, report) = reader.into_parts();
        let value = value(&header, (form, rows), &report);
        let text = text(&header, (form, rows), &report);
        global.output().result(&value, &text)?;
        match report.count {
            0 => Ok(()),
            faults => Err(NotAccepted(faults).into()),
        }
    }
}

fn value(header: &Header, (form, rows): (&str, u64), report: &Report) -> Value {
    let problem = |problem: &theriac_standards::dataset::Problem| json!({ "place": problem.place.to_string(), "text": problem.rule.to_string() });
    json!({
        "accepted": report.is_clean(), "standard": "Dataset-JSON 1.1", "form": form, "name": header.name(),
        "columns": header.columns().len(), "rows": rows, "problemCount": report.count,
        "problems": report.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

fn text(header: &Header, (form, rows): (&str, u64), report: &Report) -> String {
    let problems = report.problems.iter();
    let mut lines: Vec<String> = problems.map(|it| format!("error    {it}")).collect();
    let further = report.count - report.problems.len() as u64;
    if further > 0 {
        lines.push(format!("         and {further} more"));
    }
    let verdict = match report.is_clean() {
        true => "accepted",
        false => "refused",
    };
    let name = header.name().unwrap_or("no name");
    let columns = header.columns().len();
    lines.push(format!(
        "{verdict}: {name} as {form}, {columns} columns, {rows} rows, {} errors",
        report.count
    ));
    lines.join("\n")
}
