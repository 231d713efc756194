//! `theriac odm validate`.

use crate::{cli::Global, errors::NotAccepted};
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use std::{fs::File, io::BufReader, path::PathBuf};
use theriac_standards::odm::{
    Limits,
    validate::{Problem, Report, Severity, check},
};

/// Check a file of a clinical trial: does it keep the rules of its standard, and do its data keep to their definitions?
///
/// ODM 1.1 to 2.0 and Define-XML 2.0 and 2.1, of any length. An error refuses the file; a warning is a deviation that does no harm to who
/// reads with care, such as what vendors add. Each is told with its place, and what is found several times once, with its number. Values of
/// subjects are not shown.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac odm validate export.xml\n  theriac odm validate define.xml --json\n  theriac odm validate export.xml --strict\n\nExit codes:\n  0 accepted, 4 refused\n\nNext:\n  theriac odm convert FILE --to odm-2.0"
)]
pub(crate) struct Validate {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Refuse the file for warnings too.
    #[arg(long)]
    strict: bool,
}

impl Validate {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let file = File::open(&self.file)
            .with_context(|| format!("cannot open {}", self.file.display()))?;
        let reader = BufReader::with_capacity(1 << 16, file);
        let report = check(reader, Limits::default())
            .with_context(|| format!("cannot read {}", self.file.display()))?;
        let faults = match self.strict {
            true => report.errors + report.warnings,
            false => report.errors,
        };
        let value = json!({
            "accepted": faults == 0, "standard": report.dialect.to_string(), "keepsSchema": report.keeps_schema(),
            "errors": report.errors, "warnings": report.warnings, "subjects": report.subjects, "items": report.items,
            "auditRecords": report.audits, "queries": report.queries,
            "problems": report.problems.iter().map(problem).collect::<Vec<_>>(),
        });
        global
            .output()
            .result(&value, &text(&report, faults == 0))?;
        match faults {
            0 => Ok(()),
            faults => Err(NotAccepted(faults).into()),
        }
    }
}

fn text(report: &Report, is_accepted: bool) -> String {
    let mut lines: Vec<String> = report
        .problems
        .iter()
        .map(|problem| format!("{:8} {problem}", word(problem.severity)))
        .collect();
    let verdict = if is_accepted { "accepted" } else { "refused" };
    lines.push(format!(
        "{verdict}: {}, {} subjects, {} items, {} audit records, {} queries, {} errors, {} warnings",
        report.dialect,
        report.subjects,
        report.items,
        report.audits,
        report.queries,
        report.errors,
        report.warnings
    ));
    lines.join("\n")
}

fn problem(problem: &Problem) -> Value {
    json!({
        "severity": word(problem.severity), "code": problem.rule.code(), "schema": problem.rule.is_of_schema(),
        "line": problem.place.line, "column": problem.place.column, "path": problem.path,
        "subject": problem.subject.to_string(), "times": problem.times, "text": problem.to_string(),
    })
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
