//! From XML to JSON-LD.

use super::{
    business_header,
    forms::bare,
    names::{extension_for_json, is_standard_in_json},
};
use crate::epcis::{
    json::{Json, prefixes_of},
    model::{DocumentKind, Envelope, Event, Prefixes},
    xml::is_epcis,
};
use std::sync::Arc;

const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// Makes the envelope of an XML document one of JSON-LD: a context in the place of declarations, version 2.0.
pub fn envelope_for_json(envelope: &mut Envelope) {
    business_header::to_members(envelope);
    let declarations = std::mem::take(&mut envelope.declarations);
    let mut contexts = vec![Json::text(CONTEXT)];
    contexts.extend(definitions(&declarations));
    let context = Json::List(contexts);
    envelope.prefixes = prefixes(&context, &Prefixes::standard());
    if envelope.kind != DocumentKind::Event {
        envelope.context = Some(context);
    }
    envelope.schema_version = Some("2.0".to_owned());
    envelope.attributes.clear();
    let query = envelope.query.iter_mut();
    let query = query.flat_map(|query| {
        query
            .extensions
            .iter_mut()
            .chain(&mut query.results_extensions)
    });
    let lists = [
        &mut envelope.header,
        &mut envelope.extensions,
        &mut envelope.body_extensions,
    ];
    lists
        .into_iter()
        .flatten()
        .chain(query)
        .for_each(extension_for_json);
}

/// Makes an event of an XML document one of JSON-LD under `envelope`, which must be made so before.
pub fn event_for_json(event: &mut Event, envelope: &Envelope) {
    event.for_each_term(|kind, term| *term = bare(kind, term));
    event.for_each_extensions(|extensions| extensions.iter_mut().for_each(extension_for_json));
    let outer = &envelope.prefixes;
    let declarations = std::mem::take(&mut event.declarations);
    let new = declarations.into_iter().filter(|(prefix, namespace)| {
        outer
            .namespace(prefix)
            .is_none_or(|known| **known != **namespace)
    });
    let mut contexts: Vec<_> = definitions(&new.collect::<Vec<_>>()).collect();
    if envelope.kind == DocumentKind::Event {
        contexts.insert(0, Json::text(CONTEXT));
    }
    event.context = (!contexts.is_empty()).then_some(Json::List(contexts));
    event.prefixes = match &event.context {
        Some(context) => prefixes(context, outer),
        None => outer.clone(),
    };
}

/// A context made of declarations, of which XML has fewer than a context may hold; were there more, they would define nothing.
fn prefixes(context: &Json, outer: &Prefixes) -> Arc<Prefixes> {
    Arc::new(prefixes_of(context, outer).unwrap_or_else(|_| outer.clone()))
}

/// One object of a context for each namespace that is neither EPCIS's own nor known to JSON-LD anyway.
fn definitions(declarations: &[(String, String)]) -> impl Iterator<Item = Json> {
    let needed = declarations.iter().filter(|(prefix, namespace)| {
        !prefix.is_empty() && !is_epcis(namespace) && !is_standard_in_json(prefix, namespace)
    });
    needed.map(|(prefix, namespace)| Json::Object(vec![(prefix.clone(), definition(namespace))]))
}

/// A namespace that does not end in a delimiter must be said to be a prefix (JSON-LD 1.1, section 4.1.5).
fn definition(namespace: &str) -> Json {
    if namespace.ends_with([':', '/', '?', '#', '[', ']', '@']) {
        return Json::text(namespace);
    }
    Json::Object(vec![
        ("@id".to_owned(), Json::text(namespace)),
        ("@prefix".to_owned(), Json::Bool(true)),
    ])
}
