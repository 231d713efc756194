//! Query documents: events as an answer.

use super::context::{CONTEXT, for_json, share};
use crate::{
    clock,
    door::{Problem, ProblemKind, Syntax, Wants},
    repository::{Form, Stored},
};
use theriac_standards::epcis::{
    convert::{IdentifierForm, change_identifiers, change_terms, event_for_xml},
    json::{Json, JsonWriter},
    model::{Body, DocumentKind, Envelope, Event, QueryResult},
    xml::{Edition, XmlWriter},
};

/// The name of a query that was not given one.
pub(crate) const SIMPLE: &str = "SimpleEventQuery";

/// Of which query, and for which subscription, a document is the answer.
#[derive(Clone, Copy, Default)]
pub(crate) struct Title<'a> {
    pub(crate) query: &'a str,
    pub(crate) subscription: Option<&'a str>,
}

/// The answer in the syntax and form that the client takes, with its content type.
///
/// # Errors
/// An event cannot be told in XML.
pub(super) fn write(
    events: Vec<Stored>,
    title: Title<'_>,
    wants: &Wants,
) -> Result<(&'static str, String), Problem> {
    let (syntax, content_type) = wants.either()?;
    let text = match syntax {
        Syntax::Json => write_json(events, title, wants.identifiers),
        Syntax::Xml => write_xml(events, title, wants)?,
    };
    Ok((content_type, text))
}

/// The answer in JSON-LD.
pub(crate) fn write_json(
    events: Vec<Stored>,
    title: Title<'_>,
    identifiers: IdentifierForm,
) -> String {
    let mut events: Vec<Event> = events.into_iter().map(for_json).collect();
    for event in &mut events {
        change_identifiers(event, identifiers, |_| None);
    }
    let envelope = Envelope {
        context: Some(share(&mut events)),
        ..envelope(title, "2.0")
    };
    let written = JsonWriter::new(Vec::new(), &envelope).and_then(|mut writer| {
        events.iter().try_for_each(|event| writer.event(event))?;
        writer.finish()
    });
    let bytes = written.expect("a vector takes all that is written");
    String::from_utf8(bytes).expect("the writer prints UTF-8")
}

/// One event by itself in JSON-LD.
pub(super) fn write_event(stored: Stored, identifiers: IdentifierForm) -> String {
    let mut event = for_json(stored);
    change_identifiers(&mut event, identifiers, |_| None);
    event.context.get_or_insert_with(|| Json::text(CONTEXT));
    let alone = Envelope {
        kind: DocumentKind::Event,
        body: Body::Single,
        ..Envelope::default()
    };
    let written = JsonWriter::new(Vec::new(), &alone).and_then(|mut writer| {
        writer.event(&event)?;
        writer.finish()
    });
    let bytes = written.expect("a vector takes all that is written");
    String::from_utf8(bytes).expect("the writer prints UTF-8")
}

fn write_xml(events: Vec<Stored>, title: Title<'_>, wants: &Wants) -> Result<String, Problem> {
    let edition = Edition::from(wants.edition);
    let version = match edition {
        Edition::One => "1.2",
        Edition::Two => "2.0",
    };
    let untold = |error| {
        let detail = format!("an event of the answer has no form in XML: {error}");
        ProblemKind::NotAcceptable.because(detail)
    };
    let envelope = envelope(title, version);
    let mut writer = XmlWriter::new(Vec::new(), &envelope, edition).map_err(untold)?;
    for stored in events {
        let mut event = stored.event;
        if stored.form == Form::Json {
            event_for_xml(&mut event);
        }
        change_identifiers(&mut event, wants.identifiers, |_| None);
        change_terms(&mut event, wants.terms);
        writer.event(&event).map_err(untold)?;
    }
    let bytes = writer.finish().map_err(untold)?;
    Ok(String::from_utf8(bytes).expect("the writer prints UTF-8"))
}

fn envelope(title: Title<'_>, version: &str) -> Envelope {
    Envelope {
        kind: DocumentKind::Query,
        schema_version: Some(version.to_owned()),
        creation_date: Some(clock::text(clock::now())),
        query: Some(QueryResult {
            query_name: Some(title.query.to_owned()),
            subscription_id: title.subscription.map(str::to_owned),
            ..QueryResult::default()
        }),
        body: Body::List,
        ..Envelope::default()
    }
}
