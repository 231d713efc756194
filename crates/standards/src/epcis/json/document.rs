//! A JSON-LD document read and written as a whole.

use super::{JsonErrorKind, JsonReader, JsonWriter};
use crate::epcis::{
    error::ReadError,
    limits::Limits,
    model::{Document, DocumentKind},
};

/// Reads a whole document, wherever its context stands.
///
/// # Errors
/// The first fault of the text or of an event.
pub fn read_document(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    match collect(JsonReader::open(bytes, *limits)?) {
        Err(ReadError::Json(error)) if matches!(error.kind, JsonErrorKind::ContextAfterEvents) => {
            let whole = Limits {
                event_bytes: bytes.len(),
                ..*limits
            };
            let context = super::parse(bytes, &whole)?.get("@context").cloned();
            collect(JsonReader::start(bytes, *limits, context)?)
        }
        other => other,
    }
}

fn collect(mut reader: JsonReader<&[u8]>) -> Result<Document, ReadError> {
    let mut events = Vec::new();
    while let Some(event) = reader.next_event()? {
        let index = reader.events() - 1;
        events.push(event.map_err(|error| ReadError::json_event(index, error, reader.envelope()))?);
    }
    Ok(Document {
        envelope: reader.into_envelope(),
        events,
    })
}

/// Prints a whole document. An event that stands alone is printed with its own context.
pub fn write_document(document: &Document) -> String {
    let events = match document.envelope.kind {
        DocumentKind::Event => &document.events[..document.events.len().min(1)],
        DocumentKind::Capture | DocumentKind::Query => &document.events[..],
    };
    let written = JsonWriter::new(Vec::new(), &document.envelope).and_then(|mut writer| {
        events.iter().try_for_each(|event| writer.event(event))?;
        writer.finish()
    });
    let bytes = written.expect("a vector takes all that is written");
    String::from_utf8(bytes).expect("the writer prints UTF-8")
}
