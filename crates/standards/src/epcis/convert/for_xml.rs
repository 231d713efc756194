//! From JSON-LD to XML.

use super::{business_header, forms::unbare, names::extension_for_xml};
use crate::epcis::{
    model::{Envelope, Event, Prefixes},
    vocabulary::STANDARD_PREFIXES,
    xml::Edition,
};
use std::sync::Arc;

/// Makes the envelope of a JSON-LD document one of XML: declarations in the place of a context.
pub fn envelope_for_xml(envelope: &mut Envelope, edition: Edition) {
    let prefixes = envelope.prefixes.clone();
    envelope.context = None;
    envelope.declarations = declarations(&prefixes);
    envelope.schema_version = Some(match edition {
        Edition::One => "1.2".to_owned(),
        Edition::Two => "2.0".to_owned(),
    });
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
        .for_each(|extension| extension_for_xml(extension, &prefixes));
    business_header::from_members(envelope, edition);
    envelope.prefixes = without_values(&prefixes);
}

/// Makes an event of a JSON-LD document one of XML.
pub fn event_for_xml(event: &mut Event) {
    let prefixes = event.prefixes.clone();
    event.for_each_term(|kind, term| *term = unbare(kind, term));
    event.for_each_extensions(|extensions| {
        let extensions = extensions.iter_mut();
        extensions.for_each(|extension| extension_for_xml(extension, &prefixes));
    });
    if event.context.take().is_some() {
        event.declarations = declarations(&prefixes);
    }
    event.prefixes = without_values(&prefixes);
}

fn without_values(prefixes: &Prefixes) -> Arc<Prefixes> {
    let mut prefixes = prefixes.clone();
    prefixes.in_values = false;
    Arc::new(prefixes)
}

/// The prefixes that the document defines itself, each once.
fn declarations(prefixes: &Prefixes) -> Vec<(String, String)> {
    let mut declared: Vec<(String, String)> = Vec::new();
    let own = prefixes.iter().skip(STANDARD_PREFIXES.len());
    for (prefix, namespace) in own {
        let namespace = match prefix {
            "cbvmda" => namespace.trim_end_matches(':'),
            _ => namespace,
        };
        declared.retain(|(earlier, _)| earlier != prefix);
        declared.push((prefix.to_owned(), namespace.to_owned()));
    }
    declared
}
