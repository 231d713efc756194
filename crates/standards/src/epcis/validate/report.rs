//! A whole document checked event by event, each problem with its place in the text.

use super::{Finding, Severity, Syntax, Validator, check_envelope, rule::Rule};
use crate::epcis::{
    error::event_pointer,
    event_error::{EventError, EventErrorKind},
    excerpt::Excerpt,
    json::{JsonError, JsonReader},
    limits::Limits,
    model::{DocumentKind, Envelope},
    xml::{XmlError, XmlReader},
};
use std::{
    fmt,
    io::{BufRead, Read},
};

/// Problems of one document are cut off here; their number still counts on.
const MAX_PROBLEMS: usize = 1_000;

/// What a check of a document found.
#[derive(Debug, Default)]
pub struct Report {
    /// Events, good and bad.
    pub events: u64,
    /// The first thousand problems in order.
    pub problems: Vec<Problem>,
    /// How many faults there are in all.
    pub faults: u64,
}

impl Report {
    /// Whether nothing refuses the document.
    pub fn is_accepted(&self) -> bool {
        self.faults == 0
    }

    fn push(&mut self, problem: Problem) {
        self.faults += u64::from(problem.severity == Severity::Fault);
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }
}

/// One problem of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which event, from 0; `None` for what stands around them.
    pub event: Option<u64>,
    /// Where in the text.
    pub place: Place,
    /// What it is.
    pub what: What,
    /// How grave it is.
    pub severity: Severity,
}

/// Where in a text something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A JSON Pointer from the root.
    Json(String),
    /// A line, from 1, and a path below the event or the root.
    Xml {
        /// The line.
        line: u64,
        /// The path.
        path: String,
    },
}

/// What a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The event is not built as EPCIS builds one.
    Structure(EventErrorKind),
    /// A rule is not kept; what stands there, cut short.
    Rule(Rule, Excerpt),
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Json(pointer) => write!(formatter, "{pointer}: ")?,
            Place::Xml { line, path } => write!(formatter, "line {line}, {path}: ")?,
        }
        match &self.what {
            What::Structure(kind) => write!(formatter, "{kind}"),
            What::Rule(rule, got) if got.is_empty() => write!(formatter, "{rule}"),
            What::Rule(rule, got) => write!(formatter, "{rule}: {got}"),
        }
    }
}

/// Checks a JSON-LD document as it streams by.
///
/// # Errors
/// The text is no JSON or passes a limit.
pub fn check_json<R: Read>(reader: R, limits: Limits) -> Result<Report, JsonError> {
    let mut reader = JsonReader::open(reader, limits)?;
    let mut validator = Validator::new(Syntax::Json);
    let mut report = Report::default();
    while let Some(event) = reader.next_event()? {
        let index = reader.events() - 1;
        let root = event_pointer(reader.envelope(), index);
        let alone = reader.envelope().kind == DocumentKind::Event;
        let problems = match event {
            Ok(event) => {
                if alone && event.context.is_none() {
                    report.push(no_context());
                }
                of_findings(validator.event(&event, None))
            }
            Err(error) => vec![of_error(error)],
        };
        for (path, severity, what) in problems {
            report.push(Problem {
                event: Some(index),
                place: Place::Json(format!("{root}{}", path.to_json_pointer())),
                what,
                severity,
            });
        }
    }
    report.events = reader.events();
    envelope(&mut report, reader.envelope(), Syntax::Json);
    Ok(report)
}

fn no_context() -> Problem {
    Problem {
        event: None,
        place: Place::Json("/@context".to_owned()),
        what: What::Rule(Rule::Missing, Excerpt::new("")),
        severity: Severity::Fault,
    }
}

/// Checks an XML document as it streams by.
///
/// # Errors
/// The text is no XML, passes a limit, or its root is not that of a document.
pub fn check_xml<R: BufRead>(reader: R, limits: Limits) -> Result<Report, XmlError> {
    let mut reader = XmlReader::open(reader, limits)?;
    let syntax = Syntax::Xml(reader.edition());
    let mut validator = Validator::new(syntax);
    let mut report = Report::default();
    while let Some(read) = reader.next_event()? {
        let problems = match read.event {
            Ok(event) => of_findings(validator.event(&event, read.misplaced)),
            Err(error) => vec![of_error(error)],
        };
        for (path, severity, what) in problems {
            report.push(Problem {
                event: Some(reader.events() - 1),
                place: Place::Xml {
                    line: reader.line_of(&path),
                    path: path.to_xml_path(),
                },
                what,
                severity,
            });
        }
    }
    report.events = reader.events();
    envelope(&mut report, reader.envelope(), syntax);
    Ok(report)
}

type Found = (crate::epcis::path::Path, Severity, What);

fn of_findings(findings: Vec<Finding>) -> Vec<Found> {
    let findings = findings.into_iter();
    findings
        .map(|finding| {
            let what = What::Rule(finding.rule, finding.got);
            (finding.path, finding.severity, what)
        })
        .collect()
}

fn of_error(error: EventError) -> Found {
    (error.path, Severity::Fault, What::Structure(error.kind))
}

fn envelope(report: &mut Report, envelope: &Envelope, syntax: Syntax) {
    for finding in check_envelope(envelope, syntax) {
        let place = match syntax {
            Syntax::Json => Place::Json(finding.path.to_json_pointer()),
            Syntax::Xml(_) => Place::Xml {
                line: 1,
                path: finding.path.to_xml_path(),
            },
        };
        report.push(Problem {
            event: None,
            place,
            what: What::Rule(finding.rule, finding.got),
            severity: finding.severity,
        });
    }
}
