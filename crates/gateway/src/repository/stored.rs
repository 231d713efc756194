//! An event as it lies in the repository: in the syntax in which it came, alone, with all that its prefixes need.

use super::StorageError;
use std::sync::Arc;
use theriac_standards::epcis::{
    Limits,
    json::{self, Json, JsonWriter, prefixes_of},
    model::{Body, DocumentKind, Envelope, Event, Prefixes},
    xml::{self, Edition, XmlWriteError, XmlWriter},
};

/// The syntax in which an event came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Xml,
}

impl Form {
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Json => 0,
            Self::Xml => 1,
        }
    }

    pub(super) fn numbered(number: i64) -> Result<Self, StorageError> {
        match number {
            0 => Ok(Self::Json),
            1 => Ok(Self::Xml),
            _ => Err(StorageError::Shape("a syntax")),
        }
    }
}

/// An event as it was captured, with its record time.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) seq: i64,
    pub(crate) event: Event,
    /// What stood around it: declarations of XML.
    pub(crate) envelope: Envelope,
    pub(crate) form: Form,
    /// Milliseconds since 1970.
    pub(crate) recorded: i64,
    /// By what the answer is ordered, where that is a column.
    pub(crate) rank: i64,
    /// Bytes of the text.
    pub(crate) bytes: usize,
}

impl Stored {
    /// An event that was stored just now.
    pub(crate) fn new(event: Event, (envelope, form): (Envelope, Form), recorded: i64) -> Self {
        Self {
            seq: 0,
            event,
            envelope,
            form,
            recorded,
            rank: 0,
            bytes: 0,
        }
    }
}

/// The text that is kept of an event that stood in a document with this envelope.
pub(super) fn print(
    event: &Event,
    envelope: &Envelope,
    form: Form,
) -> Result<String, XmlWriteError> {
    match form {
        Form::Json => {
            let alone = Envelope {
                kind: DocumentKind::Event,
                body: Body::Single,
                ..Envelope::default()
            };
            let mut event = event.clone();
            event.context = whole_context(envelope, &event);
            let mut writer = JsonWriter::new(Vec::new(), &alone)?;
            writer.event(&event)?;
            Ok(utf8(writer.finish()?))
        }
        Form::Xml => {
            let around = Envelope {
                schema_version: Some("2.0".to_owned()),
                declarations: envelope.declarations.clone(),
                ..Envelope::default()
            };
            let mut writer = XmlWriter::new(Vec::new(), &around, Edition::Two)?;
            writer.event(event)?;
            Ok(utf8(writer.finish()?))
        }
    }
}

fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the writers print UTF-8")
}

/// What defines the prefixes of an event: the document's context, then its own.
fn whole_context(envelope: &Envelope, event: &Event) -> Option<Json> {
    let mut parts = Vec::new();
    for context in [&envelope.context, &event.context].into_iter().flatten() {
        match context {
            Json::List(items) => parts.extend(items.iter().cloned()),
            other => parts.push(other.clone()),
        }
    }
    (!parts.is_empty()).then_some(Json::List(parts))
}

/// Reads what [`print`] wrote.
pub(super) fn read(body: &str, form: Form) -> Result<(Event, Envelope), StorageError> {
    let limits = Limits::default();
    let document = match form {
        Form::Json => json::read_document(body.as_bytes(), &limits),
        Form::Xml => xml::read_document(body.as_bytes(), &limits),
    };
    let document = document.map_err(|error| StorageError::Event(error.to_string()))?;
    let event = document.events.into_iter().next();
    let mut event = event.ok_or(StorageError::Shape("an event"))?;
    if let (Form::Json, Some(context)) = (form, &event.context) {
        let prefixes = prefixes_of(context, &Prefixes::standard());
        let prefixes = prefixes.map_err(|error| StorageError::Event(error.to_string()))?;
        event.prefixes = Arc::new(prefixes);
    }
    Ok((event, document.envelope))
}
