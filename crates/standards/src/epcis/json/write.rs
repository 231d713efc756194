//! A JSON-LD document written event by event.

use super::{
    Json,
    encode::event_to_json,
    envelope::{header_to_json, vocabularies_to_json},
    extension::push_extensions,
    print::{print, print_string},
};
use crate::epcis::model::{Body, DocumentKind, Envelope, Event, QueryResult};
use std::io::{self, Write};

/// Writes the envelope around the events that are given one by one.
///
/// A document whose body holds one event alone, or that is an event, must be given exactly one.
pub struct JsonWriter<W> {
    writer: W,
    tail: String,
    single: bool,
    any: bool,
}

impl<W: Write> JsonWriter<W> {
    /// Writes all that stands before the events.
    ///
    /// # Errors
    /// The writer failed.
    pub fn new(mut writer: W, envelope: &Envelope) -> io::Result<Self> {
        let (head, tail) = match envelope.kind {
            DocumentKind::Event => (String::new(), String::new()),
            DocumentKind::Capture | DocumentKind::Query => frame(envelope),
        };
        writer.write_all(head.as_bytes())?;
        Ok(Self {
            writer,
            tail,
            single: envelope.body == Body::Single,
            any: false,
        })
    }

    /// Writes the next event.
    ///
    /// # Errors
    /// The writer failed.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        let mut text = String::new();
        if self.any && !self.single {
            text.push(',');
        }
        self.any = true;
        print(&event_to_json(event), &mut text);
        self.writer.write_all(text.as_bytes())
    }

    /// Writes all that stands after the events and gives the writer back.
    ///
    /// # Errors
    /// The writer failed.
    pub fn finish(mut self) -> io::Result<W> {
        self.writer.write_all(self.tail.as_bytes())?;
        Ok(self.writer)
    }
}

fn frame(envelope: &Envelope) -> (String, String) {
    let mut head = String::from("{");
    let mut tail = String::new();
    push_members(&mut head, &top(envelope));
    open(&mut head, "epcisBody", '{');
    tail.insert(0, '}');
    tail.insert(0, '}');
    let mut body = Vec::new();
    push_extensions(&mut body, &envelope.body_extensions);
    push_members(&mut head, &body);
    if let Some(query) = &envelope.query {
        open(&mut head, "queryResults", '{');
        push_members(&mut head, &result(query));
        open(&mut head, "resultsBody", '{');
        push_members(&mut head, &results_body(query));
        tail.insert_str(0, "}}");
    }
    match envelope.body {
        Body::List => {
            open(&mut head, "eventList", '[');
            tail.insert(0, ']');
        }
        Body::Single => {
            name(&mut head, "event");
        }
        Body::Empty => {}
    }
    (head, tail)
}

fn name(text: &mut String, name: &str) {
    if !text.ends_with('{') {
        text.push(',');
    }
    print_string(name, text);
    text.push(':');
}

fn open(text: &mut String, member: &str, bracket: char) {
    name(text, member);
    text.push(bracket);
}

fn push_members(text: &mut String, members: &[(String, Json)]) {
    for (member, value) in members {
        name(text, member);
        print(value, text);
    }
}

fn top(envelope: &Envelope) -> Vec<(String, Json)> {
    let mut members = Vec::new();
    let mut push = |name: &str, text: Option<&str>| {
        members.extend(text.map(|text| (name.to_owned(), Json::text(text))));
    };
    push("id", envelope.id.as_deref());
    push(
        "type",
        Some(match envelope.kind {
            DocumentKind::Capture | DocumentKind::Event => "EPCISDocument",
            DocumentKind::Query => "EPCISQueryDocument",
        }),
    );
    push("schemaVersion", envelope.schema_version.as_deref());
    push("creationDate", envelope.creation_date.as_deref());
    push("sender", envelope.sender.as_deref());
    push("receiver", envelope.receiver.as_deref());
    push(
        "instanceIdentifier",
        envelope.instance_identifier.as_deref(),
    );
    if let Some(context) = &envelope.context {
        members.insert(0, ("@context".to_owned(), context.clone()));
    }
    if envelope.has_header {
        members.push(("epcisHeader".to_owned(), header_to_json(envelope)));
    }
    push_extensions(&mut members, &envelope.extensions);
    members
}

fn result(query: &QueryResult) -> Vec<(String, Json)> {
    let mut members = Vec::new();
    let mut push = |name: &str, text: Option<&String>| {
        members.extend(text.map(|text| (name.to_owned(), Json::text(text))));
    };
    push("queryName", query.query_name.as_ref());
    push("subscriptionID", query.subscription_id.as_ref());
    push_extensions(&mut members, &query.extensions);
    members
}

fn results_body(query: &QueryResult) -> Vec<(String, Json)> {
    let mut members = Vec::new();
    if let Some(vocabularies) = &query.vocabularies {
        let list = vocabularies_to_json(vocabularies);
        members.push(("vocabularyList".to_owned(), list));
    }
    push_extensions(&mut members, &query.results_extensions);
    members
}
