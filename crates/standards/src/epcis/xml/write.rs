//! An XML document written event by event.

use super::{
    Edition, XmlElement, XmlWriteError,
    encode::event_to_element,
    envelope::{header_to_element, to_root, vocabularies_to_element},
    extension::push_extensions,
    layout::event_wrapping,
    print::{Scope, close, print, start},
};
use crate::epcis::model::{Body, DocumentKind, Envelope, Event, Extension, QueryResult};
use std::io::Write;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes the envelope around the events that are given one by one.
pub struct XmlWriter<W> {
    writer: W,
    edition: Edition,
    scope: Scope,
    tail: String,
    alone: bool,
}

impl<W: Write> XmlWriter<W> {
    /// Writes all that stands before the events.
    ///
    /// # Errors
    /// The writer failed, or something of the envelope has no form in XML.
    pub fn new(
        mut writer: W,
        envelope: &Envelope,
        edition: Edition,
    ) -> Result<Self, XmlWriteError> {
        let mut head = String::from(DECLARATION);
        let mut scope = Scope::default();
        let mut tail = String::new();
        if envelope.kind != DocumentKind::Event {
            tail = frame(envelope, edition, (&mut head, &mut scope))?;
        }
        writer.write_all(head.as_bytes())?;
        Ok(Self {
            writer,
            edition,
            scope,
            tail,
            alone: envelope.kind == DocumentKind::Event,
        })
    }

    /// Writes the next event.
    ///
    /// # Errors
    /// The writer failed, or something of the event has no form in XML; nothing of it was written then.
    pub fn event(&mut self, event: &Event) -> Result<(), XmlWriteError> {
        let mut element = event_to_element(event, self.edition)?;
        if self.edition == Edition::One && !self.alone {
            for _ in 0..event_wrapping(&event.event_type) {
                let mut wrapper = XmlElement::standard("extension");
                wrapper.children.push(element);
                element = wrapper;
            }
        }
        let mut text = String::new();
        print(&element, &mut self.scope, &mut text)?;
        text.push('\n');
        self.writer.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Writes all that stands after the events and gives the writer back.
    ///
    /// # Errors
    /// The writer failed.
    pub fn finish(mut self) -> Result<W, XmlWriteError> {
        self.writer.write_all(self.tail.as_bytes())?;
        Ok(self.writer)
    }
}

/// Appends all that stands before the events, and gives what stands after them: in the schema, extensions of the document too.
fn frame(
    envelope: &Envelope,
    edition: Edition,
    (head, scope): (&mut String, &mut Scope),
) -> Result<String, XmlWriteError> {
    let root = start(&to_root(envelope, edition), scope, head)?;
    head.push('>');
    let mut tail = String::new();
    print_extensions(&envelope.extensions, scope, &mut tail)?;
    close(&root, &mut tail);
    if envelope.has_header {
        print(&header_to_element(envelope)?, scope, head)?;
    }
    open("EPCISBody", head, &mut tail);
    print_extensions(&envelope.body_extensions, scope, head)?;
    if let Some(query) = &envelope.query {
        query_frame(query, edition, (head, scope, &mut tail))?;
    }
    if envelope.body != Body::Empty {
        open("EventList", head, &mut tail);
        head.push('\n');
    }
    Ok(tail)
}

fn query_frame(
    query: &QueryResult,
    edition: Edition,
    (head, scope, tail): (&mut String, &mut Scope, &mut String),
) -> Result<(), XmlWriteError> {
    let mut results = XmlElement::standard("QueryResults");
    results.name = crate::epcis::model::Name {
        prefix: Some("epcisq".into()),
        namespace: Some(edition.query_namespace().into()),
        local: "QueryResults".to_owned(),
    };
    let name = start(&results, scope, head)?;
    head.push('>');
    let mut end = String::new();
    print_extensions(&query.extensions, scope, &mut end)?;
    close(&name, &mut end);
    tail.insert_str(0, &end);
    let mut before = Vec::new();
    let name = query.query_name.iter();
    before.extend(name.map(|text| XmlElement::leaf("queryName", text)));
    let id = query.subscription_id.iter();
    before.extend(id.map(|text| XmlElement::leaf("subscriptionID", text)));
    print_all(&before, scope, head)?;
    open("resultsBody", head, tail);
    let mut inner = Vec::new();
    if let Some(vocabularies) = &query.vocabularies {
        inner.push(vocabularies_to_element(vocabularies)?);
    }
    push_extensions(&mut inner, &query.results_extensions)?;
    print_all(&inner, scope, head)
}

fn open(name: &str, head: &mut String, tail: &mut String) {
    head.push('<');
    head.push_str(name);
    head.push('>');
    let mut end = String::new();
    close(name, &mut end);
    tail.insert_str(0, &end);
}

fn print_extensions(
    extensions: &[Extension],
    scope: &mut Scope,
    text: &mut String,
) -> Result<(), XmlWriteError> {
    let mut elements = Vec::new();
    push_extensions(&mut elements, extensions)?;
    print_all(&elements, scope, text)
}

fn print_all(
    elements: &[XmlElement],
    scope: &mut Scope,
    text: &mut String,
) -> Result<(), XmlWriteError> {
    elements
        .iter()
        .try_for_each(|element| print(element, scope, text))
}
