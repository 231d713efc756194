//! The text that is hashed.

use super::{
    EventHash,
    sensor::{push_sensors, sensor_rules},
    value::{canonical, canonical_term, canonical_time},
};
use crate::epcis::{
    model::{
        BizTransaction, Event, Extension, Field, FieldRef, Name, Party, PersistentDisposition,
        Prefixes, Quantity, Value,
    },
    vocabulary::Kind,
};

const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";

/// The fields before the sensor data, in their order.
const ORDER: [Field; 20] = [
    Field::EventTime,
    Field::EventTimeZoneOffset,
    Field::CertificationInfo,
    Field::ParentId,
    Field::EpcList,
    Field::InputEpcList,
    Field::ChildEpcs,
    Field::QuantityList,
    Field::ChildQuantityList,
    Field::InputQuantityList,
    Field::OutputEpcList,
    Field::OutputQuantityList,
    Field::Action,
    Field::TransformationId,
    Field::BizStep,
    Field::Disposition,
    Field::PersistentDisposition,
    Field::ReadPoint,
    Field::BizLocation,
    Field::SensorElementList,
];

/// The hash of an event.
pub fn event_hash(event: &Event) -> EventHash {
    EventHash::of(&pre_hash(event))
}

/// The hash of an event as if it had none of the extensions that `leave_out` picks, which a repository added for itself.
pub fn event_hash_without(event: &Event, leave_out: impl Fn(&Name) -> bool) -> EventHash {
    EventHash::of(&pre_hash_without(event, leave_out))
}

/// The text of which the event hash is the SHA-256.
///
/// Left out: `eventID`, `recordTime`, `errorDeclaration` and comments, so that an event and the declaration that it was wrong
/// hash alike.
pub fn pre_hash(event: &Event) -> String {
    pre_hash_without(event, |_| false)
}

/// The text of [`event_hash_without`].
pub fn pre_hash_without(event: &Event, leave_out: impl Fn(&Name) -> bool) -> String {
    let mut text = String::with_capacity(1024);
    text.push_str("eventType=");
    text.push_str(&event.event_type.name());
    for field in ORDER {
        if let Some(value) = event.field(field) {
            push_field(&mut text, (field, value), &event.prefixes);
        }
    }
    let kept = event
        .extensions
        .iter()
        .filter(|extension| !leave_out(&extension.name));
    let mut rest = last(event);
    push_extension_texts(&mut rest, kept, &event.prefixes);
    push_sorted(&mut text, rest);
    text
}

/// What stands behind all else, beside the event's own extensions.
fn last(event: &Event) -> Vec<String> {
    let prefixes = &event.prefixes;
    let mut rest = Vec::new();
    let transactions = event.biz_transaction_list.iter().flatten();
    let transactions = transactions.map(|transaction| transaction_text(transaction, prefixes));
    rest.extend(list_text(Field::BizTransactionList, transactions));
    for (field, parties) in [
        (Field::SourceList, &event.source_list),
        (Field::DestinationList, &event.destination_list),
    ] {
        let parties = parties.iter().flatten();
        let parties = parties.map(|party| party_text(field, party, prefixes));
        rest.extend(list_text(field, parties));
    }
    let mut ilmd = Vec::new();
    push_extension_texts(&mut ilmd, event.ilmd.iter().flatten(), prefixes);
    rest.extend(list_text(Field::Ilmd, ilmd.into_iter()));
    rest.extend(sensor_rules(event));
    rest
}

fn list_text(field: Field, items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<_> = items.filter(|item| !item.is_empty()).collect();
    let mut text = String::from(field.name());
    (!items.is_empty()).then(|| {
        push_sorted(&mut text, items);
        text
    })
}

/// Appends texts in the order of their bytes.
pub(super) fn push_sorted(text: &mut String, mut items: Vec<String>) {
    items.sort_unstable();
    items.iter().for_each(|item| text.push_str(item));
}

/// Appends `name=value`, or nothing where the value is empty.
pub(super) fn push_pair(text: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
}

fn push_field(text: &mut String, (field, value): (Field, FieldRef<'_>), prefixes: &Prefixes) {
    match value {
        FieldRef::Text(value) => push_text(text, (field, value), prefixes),
        FieldRef::Epcs(epcs) => {
            let items = epcs
                .iter()
                .map(|epc| pair("epc", &canonical(epc, prefixes)));
            text.extend(list_text(field, items));
        }
        FieldRef::Quantities(quantities) => {
            let items = quantities
                .iter()
                .map(|quantity| quantity_text(quantity, prefixes));
            text.extend(list_text(field, items));
        }
        FieldRef::Certifications(certifications) => {
            let items = certifications.as_slice().iter();
            let items = items.map(|text| pair(field.name(), &canonical(text, prefixes)));
            push_sorted(text, items.collect());
        }
        FieldRef::Persistent(persistent) => text.extend(persistent_text(persistent, prefixes)),
        FieldRef::Place(place) => {
            let mut inner = String::new();
            if let Some(id) = &place.id {
                push_pair(&mut inner, "id", &canonical(id, prefixes));
            }
            push_extensions(&mut inner, &place.extensions, prefixes);
            if !inner.is_empty() {
                text.push_str(field.name());
                text.push_str(&inner);
            }
        }
        FieldRef::Sensors(sensors) => push_sensors(text, sensors, prefixes),
        FieldRef::Error(_)
        | FieldRef::Transactions(_)
        | FieldRef::Parties(_)
        | FieldRef::Ilmd(_) => {}
    }
}

fn push_text(text: &mut String, (field, value): (Field, &str), prefixes: &Prefixes) {
    let name = field.name();
    if field == Field::EventTime {
        push_pair(text, name, &canonical_time(value));
    } else if let Some(kind) = field.vocabulary() {
        push_pair(text, name, &canonical_term(value, kind, prefixes));
    } else {
        push_pair(text, name, &canonical(value, prefixes));
    }
}

fn pair(name: &str, value: &str) -> String {
    let mut text = String::with_capacity(name.len() + value.len() + 1);
    push_pair(&mut text, name, value);
    text
}

fn quantity_text(quantity: &Quantity, prefixes: &Prefixes) -> String {
    let mut text = String::new();
    if let Some(class) = &quantity.epc_class {
        push_pair(&mut text, "epcClass", &canonical(class, prefixes));
    }
    if let Some(number) = &quantity.quantity {
        push_pair(&mut text, "quantity", &canonical(number.as_str(), prefixes));
    }
    if let Some(uom) = &quantity.uom {
        push_pair(&mut text, "uom", &canonical(uom, prefixes));
    }
    if !text.is_empty() {
        text.insert_str(0, "quantityElement");
    }
    text
}

fn persistent_text(persistent: &PersistentDisposition, prefixes: &Prefixes) -> Option<String> {
    let mut text = String::new();
    for (name, terms) in [("set", &persistent.set), ("unset", &persistent.unset)] {
        let terms = terms.iter().flatten();
        let items = terms.map(|term| {
            let term = canonical_term(term, Kind::Disposition, prefixes);
            pair(name, &term)
        });
        push_sorted(&mut text, items.collect());
    }
    (!text.is_empty()).then(|| format!("{}{text}", Field::PersistentDisposition.name()))
}

fn transaction_text(transaction: &BizTransaction, prefixes: &Prefixes) -> String {
    let mut text = String::new();
    if let Some(kind) = &transaction.transaction_type {
        let term = canonical_term(kind, Kind::BizTransaction, prefixes);
        push_pair(&mut text, "type", &term);
    }
    if let Some(id) = &transaction.id {
        push_pair(&mut text, "bizTransaction", &canonical(id, prefixes));
    }
    text
}

fn party_text(field: Field, party: &Party, prefixes: &Prefixes) -> String {
    let mut text = String::new();
    if let Some(kind) = &party.party_type {
        let term = canonical_term(kind, Kind::Party, prefixes);
        push_pair(&mut text, "type", &term);
    }
    if let Some(id) = &party.id {
        push_pair(&mut text, field.item(), &canonical(id, prefixes));
    }
    text
}

/// Appends extensions in the order of their bytes.
pub(super) fn push_extensions(text: &mut String, extensions: &[Extension], prefixes: &Prefixes) {
    let mut items = Vec::new();
    push_extension_texts(&mut items, extensions.iter(), prefixes);
    push_sorted(text, items);
}

fn push_extension_texts<'a>(
    items: &mut Vec<String>,
    extensions: impl Iterator<Item = &'a Extension>,
    prefixes: &Prefixes,
) {
    for extension in extensions.filter(|extension| !is_comment(&extension.name)) {
        let name = extension_name(&extension.name);
        push_value(items, &name, &extension.value, prefixes);
    }
}

fn is_comment(name: &Name) -> bool {
    let bare = name.prefix.is_none();
    name.local == "comment" && (bare || name.namespace.as_deref() == Some(RDFS))
}

fn extension_name(name: &Name) -> String {
    match &name.namespace {
        Some(namespace) => format!("{{{namespace}}}{}", name.local),
        None => name.written(),
    }
}

fn push_value(items: &mut Vec<String>, name: &str, value: &Value, prefixes: &Prefixes) {
    let scalar = |value: &str| match value.is_empty() {
        true => name.to_owned(),
        false => pair(name, value),
    };
    match value {
        Value::Null => items.push(name.to_owned()),
        Value::Bool(flag) => items.push(scalar(if *flag { "true" } else { "false" })),
        Value::Number(number) => items.push(scalar(&canonical(number.as_str(), prefixes))),
        Value::Text(text) => items.push(scalar(&canonical(text, prefixes))),
        Value::List(values) => values
            .iter()
            .for_each(|value| push_value(items, name, value, prefixes)),
        Value::Element(element) => {
            let own = element.text.as_deref().unwrap_or("");
            let mut text = scalar(&canonical(own, prefixes));
            let mut inner: Vec<_> = element
                .attributes
                .iter()
                .map(|(name, value)| pair(&extension_name(name), &canonical(value, prefixes)))
                .collect();
            push_extension_texts(&mut inner, element.fields.iter(), prefixes);
            push_sorted(&mut text, inner);
            items.push(text);
        }
    }
}
