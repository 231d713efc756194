//! `theriac epcis validate`.

use super::document::{self, Syntax};
use crate::{cli::Global, errors::NotAccepted};
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use theriac_standards::epcis::{
    Limits,
    validate::{Place, Problem, Report, Severity, check_json, check_xml},
};

/// Check an EPCIS document: is it well formed, and does it keep the rules of EPCIS 2.0 and CBV 2.0?
///
/// JSON-LD or XML (1.2 and 2.0), of any length. A fault refuses the document; an advice is what the standard asks for and many leave out.
/// Each is told with its place.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac epcis validate shipment.jsonld\n  theriac epcis validate shipment.xml --json\n\nExit codes:\n  0 accepted, 4 refused\n\nNext:\n  theriac epcis hash FILE"
)]
pub(crate) struct Validate {
    /// The document.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Validate {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let (syntax, reader) = document::open(&self.file)?;
        let what = || format!("cannot read {}", self.file.display());
        let limits = Limits::default();
        let report = match syntax {
            Syntax::Json => check_json(reader, limits).with_context(what)?,
            Syntax::Xml => check_xml(reader, limits).with_context(what)?,
        };
        let value = json!({
            "accepted": report.is_accepted(), "events": report.events, "faults": report.faults,
            "problems": report.problems.iter().map(problem).collect::<Vec<_>>(),
        });
        global.output().result(&value, &text(&report))?;
        match report.is_accepted() {
            true => Ok(()),
            false => Err(NotAccepted(report.faults).into()),
        }
    }
}

fn text(report: &Report) -> String {
    let mut lines: Vec<String> = report
        .problems
        .iter()
        .map(|problem| format!("{:8} {problem}", word(problem.severity)))
        .collect();
    let verdict = match report.is_accepted() {
        true => "accepted",
        false => "refused",
    };
    lines.push(format!("{verdict}: {} events", report.events));
    lines.join("\n")
}

fn problem(problem: &Problem) -> Value {
    let place = match &problem.place {
        Place::Json(pointer) => json!({ "pointer": pointer }),
        Place::Xml { line, path } => json!({ "line": line, "path": path }),
    };
    json!({ "severity": word(problem.severity), "event": problem.event, "place": place, "text": problem.to_string() })
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Fault => "fault",
        Severity::Advice => "advice",
    }
}
