//! Why a document could not be read as a whole.

use super::{
    event_error::EventError,
    json::JsonError,
    model::{Body, DocumentKind, Envelope},
    xml::XmlError,
};
use thiserror::Error;

/// The first fault of a document.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The text is no JSON, or not that of a document.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The text is no XML, or not that of a document.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// An event is not built as EPCIS builds one.
    #[error("{place}: {error}")]
    Event {
        /// Which event, from 0.
        index: u64,
        /// The JSON Pointer, or the line and XPath, of the fault.
        place: String,
        /// The fault.
        error: EventError,
    },
}

impl ReadError {
    pub(crate) fn json_event(index: u64, error: EventError, envelope: &Envelope) -> Self {
        let place = format!(
            "{}{}",
            event_pointer(envelope, index),
            error.path.to_json_pointer()
        );
        Self::Event {
            index,
            place,
            error,
        }
    }

    pub(crate) fn xml_event(index: u64, line: u64, error: EventError) -> Self {
        let place = format!("line {line}, event {index}{}", error.path.to_xml_path());
        Self::Event {
            index,
            place,
            error,
        }
    }
}

/// The JSON Pointer of the event at `index` from 0.
pub fn event_pointer(envelope: &Envelope, index: u64) -> String {
    match (envelope.kind, envelope.body, &envelope.query) {
        (DocumentKind::Event, _, _) => String::new(),
        (_, Body::Single, _) => "/epcisBody/event".to_owned(),
        (_, _, Some(_)) => format!("/epcisBody/queryResults/resultsBody/eventList/{index}"),
        (_, _, None) => format!("/epcisBody/eventList/{index}"),
    }
}
