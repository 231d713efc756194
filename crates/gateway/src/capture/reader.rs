//! The events of a document in either syntax, one at a time.

use super::Failure;
use crate::repository::Form;
use std::io::{BufRead, Read};
use theriac_standards::epcis::{
    Limits, ReadError,
    error::event_pointer,
    json::JsonReader,
    model::{Envelope, Event},
    path::Path,
    validate::{Finding, Severity, Syntax, Validator},
    xml::XmlReader,
};

/// The events of a document.
pub(crate) enum Documents<R> {
    Json(Box<JsonReader<R>>),
    Xml(Box<XmlReader<R>>),
}

/// An event that passed, or why it did not.
pub(crate) type Checked = Result<Event, Failure>;

impl<R: Read + BufRead> Documents<R> {
    /// Reads up to the first event.
    ///
    /// # Errors
    /// The text is no document.
    pub(crate) fn open(reader: R, form: Form, limits: Limits) -> Result<Self, ReadError> {
        Ok(match form {
            Form::Json => Self::Json(Box::new(JsonReader::open(reader, limits)?)),
            Form::Xml => Self::Xml(Box::new(XmlReader::open(reader, limits)?)),
        })
    }

    pub(crate) fn syntax(&self) -> Syntax {
        match self {
            Self::Json(_) => Syntax::Json,
            Self::Xml(reader) => Syntax::Xml(reader.edition()),
        }
    }

    pub(crate) fn envelope(&self) -> &Envelope {
        match self {
            Self::Json(reader) => reader.envelope(),
            Self::Xml(reader) => reader.envelope(),
        }
    }

    /// Passes over the next event; false at the end.
    ///
    /// # Errors
    /// The text is not that of a document, or passes a limit.
    pub(crate) fn skip(&mut self) -> Result<bool, ReadError> {
        Ok(match self {
            Self::Json(reader) => reader.next_event()?.is_some(),
            Self::Xml(reader) => reader.next_event()?.is_some(),
        })
    }

    /// The next event, checked; `None` at the end.
    ///
    /// # Errors
    /// As [`Self::skip`].
    pub(crate) fn next(&mut self, validator: &mut Validator) -> Result<Option<Checked>, ReadError> {
        match self {
            Self::Json(reader) => {
                let Some(event) = reader.next_event()? else {
                    return Ok(None);
                };
                let root = event_pointer(reader.envelope(), reader.events() - 1);
                let place = |path: &Path| format!("{root}{}", path.to_json_pointer());
                Ok(Some(match event {
                    Ok(event) => judge(validator.event(&event, None), place).map(|()| event),
                    Err(error) => Err(failure(place(&error.path), &error)),
                }))
            }
            Self::Xml(reader) => {
                let Some(read) = reader.next_event()? else {
                    return Ok(None);
                };
                let place = |path: &Path| {
                    let line = reader.line_of(path);
                    format!("line {line}, {}", path.to_xml_path())
                };
                Ok(Some(match read.event {
                    Ok(event) => {
                        judge(validator.event(&event, read.misplaced), place).map(|()| event)
                    }
                    Err(error) => Err(failure(place(&error.path), &error)),
                }))
            }
        }
    }
}

fn failure(place: String, error: &impl ToString) -> Failure {
    Failure::invalid(format!("{place}: {}", error.to_string()))
}

fn judge(findings: Vec<Finding>, place: impl Fn(&Path) -> String) -> Result<(), Failure> {
    match faults(&findings, place) {
        Some(text) => Err(Failure::invalid(text)),
        None => Ok(()),
    }
}

/// The first faults among findings in one text.
pub(crate) fn faults(findings: &[Finding], place: impl Fn(&Path) -> String) -> Option<String> {
    const MOST: usize = 5;
    let faults = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Fault);
    let texts: Vec<_> = faults
        .take(MOST)
        .map(|finding| match finding.got.is_empty() {
            true => format!("{}: {}", place(&finding.path), finding.rule),
            false => format!(
                "{}: {}: {}",
                place(&finding.path),
                finding.rule,
                finding.got
            ),
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}
