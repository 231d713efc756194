//! Events and documents that tests make.

use serde_json::{Value, json};

const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// The `number`th of a row of events that differ in time and thing.
pub(crate) fn event(number: u64) -> Value {
    json!({
        "type": "ObjectEvent",
        "action": "OBSERVE",
        "eventTime": format!("2026-01-{:02}T{:02}:{:02}:00.000Z", 1 + number / 1440 % 28, number / 60 % 24, number % 60),
        "eventTimeZoneOffset": "+00:00",
        "epcList": [format!("https://id.gs1.org/01/09506000134352/21/{number}")],
        "bizStep": "shipping",
        "disposition": "in_transit",
        "readPoint": { "id": "https://id.gs1.org/414/9506000134352" },
        "example:number": number.to_string(),
    })
}

/// An event that names these GLNs as owners who give and take.
pub(crate) fn shipment(number: u64, from: &str, to: &str) -> Value {
    let mut event = event(number);
    let party = |gln: &str| format!("https://id.gs1.org/417/{gln}");
    event["sourceList"] = json!([{ "type": "owning_party", "source": party(from) }]);
    event["destinationList"] = json!([{ "type": "owning_party", "destination": party(to) }]);
    event
}

/// A document of these events.
pub(crate) fn document(events: &[Value]) -> Value {
    json!({
        "@context": [CONTEXT, { "example": "https://ns.example.com/epcis/" }],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-01-01T00:00:00.000Z",
        "epcisBody": { "eventList": events },
    })
}
