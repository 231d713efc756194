//! The EPCIS events that a partner makes, and the salted commitments to them.

use alloy_primitives::B256;
use serde_json::{Value, json};
use theriac_standards::epcis::{
    Limits,
    hash::{Commitment, event_hash},
    json::{read_document, write_document},
    model::{Document, Event},
};

use super::{book::Paper, clock::utc, random};

const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// Where and when something happened.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The place: a GLN.
    pub gln: &'a str,
    /// Unix milliseconds.
    pub now_ms: u64,
}

/// The parties and papers of a shipment.
#[derive(Clone, Debug, Default)]
pub struct Delivery<'a> {
    /// The receiver's GLN.
    pub to: &'a str,
    /// Number of the despatch advice.
    pub despatch_advice: Option<&'a str>,
    /// Number of the order.
    pub order: Option<&'a str>,
    /// Number of the invoice.
    pub invoice: Option<&'a str>,
}

/// The name of a place in EPCIS.
pub fn place(gln: &str) -> String {
    format!("https://id.gs1.org/414/{gln}")
}

/// The name of a logistic unit in EPCIS.
pub fn unit(sscc: &str) -> String {
    format!("https://id.gs1.org/00/{sscc}")
}

fn base(scene: &Scene<'_>, kind: &str, step: (&str, &str, &str)) -> Value {
    let (action, biz_step, disposition) = step;
    json!({
        "type": kind, "eventTime": utc(scene.now_ms), "eventTimeZoneOffset": "+00:00", "action": action,
        "bizStep": biz_step, "disposition": disposition, "readPoint": { "id": place(scene.gln) },
    })
}

/// Packs of a lot get their serial numbers.
pub fn commissioning(scene: &Scene<'_>, epcs: &[String], (lot, expiry): (&str, &str)) -> Value {
    let mut event = base(scene, "ObjectEvent", ("ADD", "commissioning", "active"));
    event["epcList"] = json!(epcs);
    event["bizLocation"] = json!({ "id": place(scene.gln) });
    event["ilmd"] = json!({ "cbvmda:lotNumber": lot, "cbvmda:itemExpirationDate": expiry });
    event
}

/// Packs go into a logistic unit.
pub fn packing(scene: &Scene<'_>, sscc: &str, epcs: &[String]) -> Value {
    let mut event = base(scene, "AggregationEvent", ("ADD", "packing", "in_progress"));
    event["parentID"] = json!(unit(sscc));
    event["childEPCs"] = json!(epcs);
    event
}

/// Packs come out of a logistic unit.
pub fn unpacking(scene: &Scene<'_>, sscc: &str, epcs: &[String]) -> Value {
    let mut event = base(
        scene,
        "AggregationEvent",
        ("DELETE", "unpacking", "in_progress"),
    );
    event["parentID"] = json!(unit(sscc));
    event["childEPCs"] = json!(epcs);
    event
}

/// Packs or units leave for another partner.
pub fn shipping(scene: &Scene<'_>, epcs: &[String], delivery: &Delivery<'_>) -> Value {
    let mut event = base(scene, "ObjectEvent", ("OBSERVE", "shipping", "in_transit"));
    event["epcList"] = json!(epcs);
    let party = |kind: &str, role: &str, gln: &str| json!({ "type": kind, role: place(gln) });
    let both = |role: &str, gln: &str| {
        json!([
            party("owning_party", role, gln),
            party("location", role, gln)
        ])
    };
    event["sourceList"] = both("source", scene.gln);
    event["destinationList"] = both("destination", delivery.to);
    let papers = [
        ("desadv", delivery.despatch_advice),
        ("po", delivery.order),
        ("inv", delivery.invoice),
    ];
    let papers: Vec<_> = papers
        .iter()
        .filter_map(|(kind, number)| number.map(|number| (kind, number)))
        .map(|(kind, number)| {
            let name = format!("urn:epcglobal:cbv:bt:{}:{number}", scene.gln);
            json!({ "type": kind, "bizTransaction": name })
        })
        .collect();
    if !papers.is_empty() {
        event["bizTransactionList"] = json!(papers);
    }
    event
}

/// Packs arrived: seen each, or inferred from the unit in which they came.
pub fn receiving(scene: &Scene<'_>, epcs: &[String], (from, is_scanned): (&str, bool)) -> Value {
    let mut event = base(
        scene,
        "ObjectEvent",
        ("OBSERVE", "receiving", "in_progress"),
    );
    event["epcList"] = json!(epcs);
    event["bizLocation"] = json!({ "id": place(scene.gln) });
    event["sourceList"] = json!([{ "type": "owning_party", "source": place(from) }]);
    let set = match is_scanned {
        true => "completeness_verified",
        false => "completeness_inferred",
    };
    event["persistentDisposition"] = json!({ "set": [set] });
    event
}

/// A document of these events.
pub fn document(scene_ms: u64, events: &[Value]) -> String {
    json!({
        "@context": [CONTEXT], "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": utc(scene_ms),
        "epcisBody": { "eventList": events },
    })
    .to_string()
}

/// The events of a document; `None` where it is none.
pub fn read(document: &str) -> Option<Vec<Event>> {
    let document = read_document(document.as_bytes(), &Limits::default()).ok()?;
    Some(document.events)
}

/// An event as JSON-LD, in a document of its own.
pub fn print(event: &Event) -> String {
    let document = Document {
        events: vec![event.clone()],
        ..Document::default()
    };
    write_document(&document)
}

/// The commitment to an event under a salt.
pub fn commitment(event: &Event, salt: B256) -> B256 {
    Commitment::new(&salt.0, &event_hash(event)).0.into()
}

/// An event under a fresh salt.
pub fn paper(event: &Value) -> Paper {
    let salt = B256::new(random());
    let read = read(&document(0, std::slice::from_ref(event)));
    let events = read.expect("events made here are read by the standard's reader");
    Paper {
        commitment: commitment(&events[0], salt),
        salt,
        event: event.to_string(),
    }
}

#[cfg(test)]
mod tests;
