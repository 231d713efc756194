//! One JSON-LD context for events from many documents.

use crate::repository::{Form, Stored};
use theriac_standards::epcis::{
    convert::{envelope_for_json, event_for_json},
    json::Json,
    model::Event,
};

/// The context of EPCIS 2.0.
pub(super) const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// An event in JSON-LD, with the whole of its context.
pub(super) fn for_json(stored: Stored) -> Event {
    let mut event = stored.event;
    if stored.form == Form::Xml {
        let mut envelope = stored.envelope;
        envelope_for_json(&mut envelope);
        event_for_json(&mut event, &envelope);
        let parts = [envelope.context, event.context.take()];
        let parts = parts.into_iter().flatten().flat_map(parts_of);
        event.context = Some(Json::List(parts.collect()));
    }
    event
}

fn parts_of(context: Json) -> Vec<Json> {
    match context {
        Json::List(parts) => parts,
        other => vec![other],
    }
}

/// Takes out of each event's context what all can share, and gives that. An event that means something else by one of the
/// names keeps its own context, which comes after the shared one and so wins.
pub(super) fn share(events: &mut [Event]) -> Json {
    let mut shared = vec![Json::text(CONTEXT)];
    for event in events {
        let Some(context) = event.context.take() else {
            continue;
        };
        let parts = parts_of(context);
        let fits = parts.iter().all(|part| fits(part, &shared));
        if fits {
            for part in parts {
                if !is_known(&part, &shared) {
                    shared.push(part);
                }
            }
        } else {
            event.context = Some(Json::List(parts));
        }
    }
    Json::List(shared)
}

fn is_known(part: &Json, shared: &[Json]) -> bool {
    is_standard(part) || shared.contains(part)
}

fn is_standard(part: &Json) -> bool {
    let known = [
        "https://ref.gs1.org/standards/epcis/",
        "https://gs1.github.io/EPCIS/",
    ];
    part.as_str()
        .is_some_and(|name| known.iter().any(|known| name.starts_with(known)))
}

/// Whether a part of a context defines no name otherwise than those shared do.
fn fits(part: &Json, shared: &[Json]) -> bool {
    match part {
        Json::Object(terms) => terms.iter().all(|(term, definition)| {
            let mut defined = shared.iter().filter_map(|other| other.get(term));
            defined.all(|other| other == definition)
        }),
        part if is_standard(part) => true,
        // A remote context may define any name.
        part => shared.contains(part) || shared.len() == 1,
    }
}
