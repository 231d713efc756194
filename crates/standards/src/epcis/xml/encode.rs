//! An event as its XML element.

use super::{
    Edition, XmlElement, XmlWriteError,
    extension::push_extensions,
    layout::{wrapping, xml_order},
    sensor::sensor_to_element,
};
use crate::epcis::model::{
    BizTransaction, ErrorDeclaration, Event, EventType, Field, FieldRef, Name, Party,
    PersistentDisposition, Place, Quantity,
};

/// The event's element. Terms and identifiers stand as the event has them.
pub(super) fn event_to_element(
    event: &Event,
    edition: Edition,
) -> Result<XmlElement, XmlWriteError> {
    let name = match &event.event_type {
        EventType::Custom(name) => name.clone(),
        standard => Name::bare(&standard.name()),
    };
    let mut element = XmlElement::new(name);
    element.declarations.clone_from(&event.declarations);
    let mut levels: [Vec<XmlElement>; 3] = Default::default();
    let mut base = Vec::new();
    for field in xml_order(&event.event_type) {
        let Some(value) = event.field(field) else {
            continue;
        };
        let level = wrapping(&event.event_type, field);
        let target = match (edition, field) {
            (Edition::Two, _) => &mut levels[0],
            (Edition::One, Field::EventId | Field::ErrorDeclaration) => &mut base,
            (Edition::One, _) => &mut levels[level],
        };
        push_field(target, field, value)?;
    }
    element.children = wrapped(levels, base);
    push_extensions(&mut element.children, &event.extensions)?;
    Ok(element)
}

/// The children of an event of 1.2: `baseExtension` after the three fields of time, the inner levels in `extension`.
fn wrapped(levels: [Vec<XmlElement>; 3], base: Vec<XmlElement>) -> Vec<XmlElement> {
    let [mut outer, mut middle, inner] = levels;
    let wrap = |name: &str, children: Vec<XmlElement>| {
        let mut wrapper = XmlElement::standard(name);
        wrapper.children = children;
        wrapper
    };
    if !base.is_empty() {
        let is_time = |element: &XmlElement| {
            let field = Field::named(&element.name.local);
            field.is_some_and(|field| {
                [
                    Field::EventTime,
                    Field::RecordTime,
                    Field::EventTimeZoneOffset,
                ]
                .contains(&field)
            })
        };
        let times = outer.iter().take_while(|element| is_time(element)).count();
        outer.insert(times, wrap("baseExtension", base));
    }
    if !inner.is_empty() {
        middle.push(wrap("extension", inner));
    }
    if !middle.is_empty() {
        outer.push(wrap("extension", middle));
    }
    outer
}

fn push_field(
    target: &mut Vec<XmlElement>,
    field: Field,
    value: FieldRef<'_>,
) -> Result<(), XmlWriteError> {
    let name = field.name();
    let mut list = XmlElement::standard(name);
    match value {
        FieldRef::Text(text) => list = XmlElement::leaf(name, text),
        FieldRef::Certifications(certifications) => {
            let texts = certifications.as_slice().iter();
            target.extend(texts.map(|text| XmlElement::leaf(name, text)));
            return Ok(());
        }
        FieldRef::Epcs(epcs) => {
            let items = epcs.iter().map(|epc| XmlElement::leaf(field.item(), epc));
            list.children = items.collect();
        }
        FieldRef::Quantities(quantities) => {
            list.children = quantities.iter().map(quantity).collect();
        }
        FieldRef::Error(error) => list.children = error_children(error)?,
        FieldRef::Persistent(persistent) => list.children = persistent_children(persistent),
        FieldRef::Place(place) => list.children = place_children(place)?,
        FieldRef::Transactions(transactions) => {
            list.children = transactions.iter().map(transaction).collect();
        }
        FieldRef::Parties(parties) => {
            let items = parties.iter().map(|each| party(field.item(), each));
            list.children = items.collect();
        }
        FieldRef::Sensors(sensors) => {
            let items = sensors.iter().map(sensor_to_element);
            list.children = items.collect::<Result<_, _>>()?;
        }
        FieldRef::Ilmd(extensions) => push_extensions(&mut list.children, extensions)?,
    }
    target.push(list);
    Ok(())
}

fn leaves<'a>(name: &str, texts: impl IntoIterator<Item = &'a String>) -> Vec<XmlElement> {
    let texts = texts.into_iter();
    texts.map(|text| XmlElement::leaf(name, text)).collect()
}

fn quantity(quantity: &Quantity) -> XmlElement {
    let mut element = XmlElement::standard("quantityElement");
    element.children = leaves("epcClass", &quantity.epc_class);
    let number = quantity.quantity.as_ref();
    let number = number.map(|number| XmlElement::leaf("quantity", number.as_str()));
    element.children.extend(number);
    element.children.extend(leaves("uom", &quantity.uom));
    element
}

fn error_children(error: &ErrorDeclaration) -> Result<Vec<XmlElement>, XmlWriteError> {
    let mut children = leaves("declarationTime", &error.declaration_time);
    children.extend(leaves("reason", &error.reason));
    if let Some(ids) = &error.corrective_event_ids {
        let mut list = XmlElement::standard("correctiveEventIDs");
        list.children = leaves("correctiveEventID", ids);
        children.push(list);
    }
    push_extensions(&mut children, &error.extensions)?;
    Ok(children)
}

fn persistent_children(persistent: &PersistentDisposition) -> Vec<XmlElement> {
    let mut children = leaves("unset", persistent.unset.iter().flatten());
    children.extend(leaves("set", persistent.set.iter().flatten()));
    children
}

fn place_children(place: &Place) -> Result<Vec<XmlElement>, XmlWriteError> {
    let mut children = leaves("id", &place.id);
    push_extensions(&mut children, &place.extensions)?;
    Ok(children)
}

fn transaction(transaction: &BizTransaction) -> XmlElement {
    let id = transaction.id.as_deref().unwrap_or("");
    XmlElement::leaf("bizTransaction", id)
        .with_attribute("type", transaction.transaction_type.as_deref())
}

fn party(name: &str, party: &Party) -> XmlElement {
    let id = party.id.as_deref().unwrap_or("");
    XmlElement::leaf(name, id).with_attribute("type", party.party_type.as_deref())
}
