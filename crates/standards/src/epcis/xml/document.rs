//! An XML document read and written as a whole, and places in it.

use super::{Edition, XmlElement, XmlReader, XmlWriteError, XmlWriter};
use crate::epcis::{error::ReadError, limits::Limits, model::Document};

/// Reads a whole document.
///
/// # Errors
/// The first fault of the text or of an event.
pub fn read_document(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut reader = XmlReader::open(bytes, *limits)?;
    let mut events = Vec::new();
    while let Some(read) = reader.next_event()? {
        let index = reader.events() - 1;
        events.push(read.event.map_err(|error| {
            let line = reader.line_of(&error.path);
            ReadError::xml_event(index, line, error)
        })?);
    }
    Ok(Document {
        envelope: reader.into_envelope(),
        events,
    })
}

/// Prints a whole document.
///
/// # Errors
/// Something of the document has no form in XML.
pub fn write_document(document: &Document, edition: Edition) -> Result<String, XmlWriteError> {
    let mut writer = XmlWriter::new(Vec::new(), &document.envelope, edition)?;
    for event in &document.events {
        writer.event(event)?;
    }
    let bytes = writer.finish()?;
    Ok(String::from_utf8(bytes).expect("the writer prints UTF-8"))
}

/// The line of the element that `path`, as [`crate::epcis::path::Path::to_xml_path`] writes it, leads to from `event`.
pub(super) fn line_of(event: &XmlElement, path: &str) -> u64 {
    let mut element = event;
    for step in path.split('/').skip(1) {
        let (name, index) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
            Some((name, index)) => (name, index.parse().unwrap_or(1)),
            None => (step, 1_usize),
        };
        let children = element.unwrapped().into_iter();
        let mut named = children.filter(|child| child.name.local == name);
        match named.nth(index.saturating_sub(1)) {
            Some(child) => element = child,
            None => break,
        }
    }
    element.line
}
