//! What a document must be before it is acknowledged: read to its end, within the limits, its frame as EPCIS demands.

use super::{Documents, Spool, faults};
use crate::{
    door::{Problem, ProblemKind},
    repository::Form,
};
use std::{fs::File, io::BufReader};
use theriac_standards::epcis::{
    Limits, ReadError,
    json::{self, JsonErrorKind},
    model::{DocumentKind, Envelope},
    validate::check_envelope,
    xml::XmlErrorKind,
};

/// Documents whose context follows their events are put in order up to this size.
const REORDERED_BYTES: u64 = 16 << 20;

/// A spooled document that is examined.
pub(crate) struct Intake<'a> {
    pub(crate) spool: &'a Spool,
    pub(crate) id: &'a str,
    pub(crate) form: Form,
    pub(crate) limits: Limits,
}

/// Reads a spooled document to its end. Gives how many events it holds. Blocks.
///
/// # Errors
/// What is wrong with the document as a whole; what is wrong with single events is found when they are stored.
pub(crate) fn examine(intake: &Intake<'_>) -> Result<u64, Problem> {
    match scan(intake) {
        Err(Fault::Read(ReadError::Json(error)))
            if matches!(error.kind, JsonErrorKind::ContextAfterEvents) =>
        {
            reorder(intake)?;
            scan(intake).map_err(Fault::into)
        }
        scanned => scanned.map_err(Fault::into),
    }
}

enum Fault {
    Read(ReadError),
    Problem(Problem),
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Read(error) => refusal(&error),
            Fault::Problem(problem) => problem,
        }
    }
}

fn scan(intake: &Intake<'_>) -> Result<u64, Fault> {
    let file = File::open(intake.spool.path(intake.id)).map_err(disk)?;
    let file = BufReader::with_capacity(256 << 10, file);
    let mut documents = Documents::open(file, intake.form, intake.limits)?;
    let mut events = 0;
    while documents.skip()? {
        events += 1;
    }
    check_frame(&documents)?;
    Ok(events)
}

fn check_frame<R: std::io::Read + std::io::BufRead>(
    documents: &Documents<R>,
) -> Result<(), Problem> {
    let envelope: &Envelope = documents.envelope();
    if envelope.kind == DocumentKind::Event {
        let expected = "got an event, expected an EPCISDocument or EPCISQueryDocument";
        return Err(ProblemKind::Validation.because(expected));
    }
    let findings = check_envelope(envelope, documents.syntax());
    match faults(&findings, |path| path.to_json_pointer()) {
        Some(text) => Err(ProblemKind::Validation.because(text)),
        None => Ok(()),
    }
}

/// Puts the context before the events.
fn reorder(intake: &Intake<'_>) -> Result<(), Problem> {
    let path = intake.spool.path(intake.id);
    let length = path.metadata().map_err(disk)?.len();
    if length > REORDERED_BYTES {
        let detail = "@context must stand before the events of so large a document";
        return Err(ProblemKind::Validation.because(detail));
    }
    let text = std::fs::read(path).map_err(disk)?;
    let document = json::read_document(&text, &intake.limits).map_err(|error| refusal(&error))?;
    let text = json::write_document(&document);
    intake.spool.replace(intake.id, &text).map_err(disk)
}

fn disk(error: std::io::Error) -> Problem {
    tracing::error!(%error, "a spooled document cannot be read");
    ProblemKind::Internal.into()
}

/// Which limit was passed, or what is no document.
pub(crate) fn refusal(error: &ReadError) -> Problem {
    let too_much = match error {
        ReadError::Json(error) => matches!(
            error.kind,
            JsonErrorKind::TooDeep(_)
                | JsonErrorKind::TooLarge(_)
                | JsonErrorKind::TooMany(_)
                | JsonErrorKind::TooManyEvents(_)
        ),
        ReadError::Xml(error) => matches!(
            error.kind,
            XmlErrorKind::TooDeep(_)
                | XmlErrorKind::TooLarge(_)
                | XmlErrorKind::TooMany(_)
                | XmlErrorKind::TooManyEvents(_)
        ),
        ReadError::Event { .. } => false,
    };
    match too_much {
        true => ProblemKind::CaptureLimit.because(error),
        false => ProblemKind::Validation.because(error),
    }
}
