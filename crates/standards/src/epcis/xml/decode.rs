//! An event from its XML element.

use super::{
    XmlElement, extension::extension_from_element, layout::xml_order, sensor::sensor_element,
};
use crate::epcis::{
    event_error::{Decoded, EventError, EventErrorKind as Kind, Within},
    excerpt::Excerpt,
    model::{
        Action, BizTransaction, CertificationInfo, ErrorDeclaration, Event, EventType, Extension,
        Field, Party, PersistentDisposition, Place, Prefixes, Quantity, Slot,
    },
    number::Number,
};
use std::sync::Arc;

/// An event, and the first field that stands before one that it should follow.
pub(super) struct DecodedEvent {
    pub(super) event: Event,
    pub(super) misplaced: Option<Field>,
}

/// Reads the event; `prefixes` are those of the document.
pub(super) fn event_from_element(
    element: &XmlElement,
    prefixes: &Arc<Prefixes>,
) -> Decoded<DecodedEvent> {
    let event_type = event_type(element)?;
    let order = xml_order(&event_type);
    let mut event = Event {
        event_type,
        prefixes: prefixes.clone(),
        ..Event::default()
    };
    collect_declarations(element, &mut event.declarations);
    without_attributes(element)?;
    let (mut furthest, mut misplaced) = (0, None);
    for child in element.unwrapped() {
        let Some(field) = child.standard_name().and_then(Field::named) else {
            furthest = order.len();
            event.extensions.push(extension_from_element(child));
            continue;
        };
        let at = order.iter().position(|other| *other == field);
        let at = at.unwrap_or(order.len());
        if at < furthest && misplaced.is_none() {
            misplaced = Some(field);
        }
        furthest = furthest.max(at);
        assign(&mut event, field, child).within(field.name())?;
    }
    Ok(DecodedEvent { event, misplaced })
}

fn event_type(element: &XmlElement) -> Decoded<EventType> {
    match element.standard_name() {
        None => Ok(EventType::Custom(element.name.clone())),
        Some(name) => {
            EventType::standard(name).ok_or_else(|| Kind::UnknownType(Excerpt::new(name)).into())
        }
    }
}

/// Declarations of the event and all in it, so that prefixes inside values keep their meaning.
fn collect_declarations(element: &XmlElement, declarations: &mut Vec<(String, String)>) {
    for (prefix, namespace) in &element.declarations {
        let known = declarations.iter().any(|(earlier, _)| earlier == prefix);
        if !known && !prefix.is_empty() && declarations.len() < 256 {
            declarations.push((prefix.clone(), namespace.clone()));
        }
    }
    element
        .children
        .iter()
        .for_each(|child| collect_declarations(child, declarations));
}

fn assign(event: &mut Event, field: Field, element: &XmlElement) -> Decoded<()> {
    if event.field(field).is_some() && field != Field::CertificationInfo {
        return Err(Kind::Repeated(Excerpt::new(field.name())).into());
    }
    match event.slot(field) {
        Slot::Text(slot) => *slot = Some(text(element)?),
        Slot::Epcs(slot) => *slot = Some(list(element, field.item(), text)?),
        Slot::Quantities(slot) => *slot = Some(list(element, field.item(), quantity)?),
        Slot::Certifications(slot) => certification(slot, text(element)?),
        Slot::Action(slot) => *slot = Some(action(&text(element)?)?),
        Slot::Error(slot) => *slot = Some(error_declaration(element)?),
        Slot::Persistent(slot) => *slot = Some(persistent(element)?),
        Slot::Place(slot) => *slot = Some(place(element)?),
        Slot::Transactions(slot) => *slot = Some(list(element, field.item(), transaction)?),
        Slot::Parties(slot) => *slot = Some(list(element, field.item(), party)?),
        Slot::Sensors(slot) => *slot = Some(list(element, field.item(), sensor_element)?),
        Slot::Ilmd(slot) => *slot = Some(extensions(element)),
    }
    Ok(())
}

/// The text of an element that holds nothing else, white space around it taken off as XML Schema does.
pub(super) fn text(element: &XmlElement) -> Decoded<String> {
    without_attributes(element)?;
    own_text(element)
}

fn own_text(element: &XmlElement) -> Decoded<String> {
    match element.children.first() {
        Some(child) => Err(foreign(&child.name.written())),
        None => Ok(element.text.trim().to_owned()),
    }
}

fn without_attributes(element: &XmlElement) -> Decoded<()> {
    match element.attributes.first() {
        Some((name, _)) => Err(foreign(&name.written())),
        None => Ok(()),
    }
}

pub(super) fn foreign(name: &str) -> EventError {
    Kind::Foreign(Excerpt::new(name)).into()
}

/// The members of a list, all of one name.
fn list<T>(
    element: &XmlElement,
    item: &str,
    read: impl Fn(&XmlElement) -> Decoded<T>,
) -> Decoded<Vec<T>> {
    without_attributes(element)?;
    if !element.text.trim().is_empty() {
        return Err(Kind::MixedContent.into());
    }
    let items = element.children.iter().enumerate();
    items
        .map(|(index, child)| match child.standard_name() {
            Some(name) if name == item => read(child).within(index),
            _ => Err(foreign(&child.name.written())),
        })
        .collect()
}

fn extensions(element: &XmlElement) -> Vec<Extension> {
    let children = element.unwrapped().into_iter();
    children.map(extension_from_element).collect()
}

fn action(word: &str) -> Decoded<Action> {
    Action::named(word).ok_or_else(|| Kind::UnknownAction(Excerpt::new(word)).into())
}

fn certification(info: &mut Option<CertificationInfo>, text: String) {
    *info = Some(match info.take() {
        None => CertificationInfo::One(text),
        Some(CertificationInfo::One(first)) => CertificationInfo::Many(vec![first, text]),
        Some(CertificationInfo::Many(mut texts)) => {
            texts.push(text);
            CertificationInfo::Many(texts)
        }
    });
}

fn error_declaration(element: &XmlElement) -> Decoded<ErrorDeclaration> {
    without_attributes(element)?;
    let mut error = ErrorDeclaration::default();
    for child in element.unwrapped() {
        match child.standard_name() {
            Some("declarationTime") => error.declaration_time = Some(text(child)?),
            Some("reason") => error.reason = Some(text(child)?),
            Some("correctiveEventIDs") => {
                let ids = list(child, "correctiveEventID", text).within("correctiveEventIDs")?;
                error.corrective_event_ids = Some(ids);
            }
            _ => error.extensions.push(extension_from_element(child)),
        }
    }
    Ok(error)
}

fn quantity(element: &XmlElement) -> Decoded<Quantity> {
    let mut quantity = Quantity {
        epc_class: None,
        quantity: None,
        uom: None,
    };
    for child in &element.children {
        match child.standard_name() {
            Some("epcClass") => quantity.epc_class = Some(text(child)?),
            Some("quantity") => quantity.quantity = Some(number(text(child)?).within("quantity")?),
            Some("uom") => quantity.uom = Some(text(child)?),
            _ => return Err(foreign(&child.name.written())),
        }
    }
    Ok(quantity)
}

fn number(text: String) -> Decoded<Number> {
    Number::parse(&text).ok_or_else(|| Kind::NotANumber(Excerpt::new(&text)).into())
}

fn persistent(element: &XmlElement) -> Decoded<PersistentDisposition> {
    without_attributes(element)?;
    let mut persistent = PersistentDisposition::default();
    for child in &element.children {
        let terms = match child.standard_name() {
            Some("set") => &mut persistent.set,
            Some("unset") => &mut persistent.unset,
            _ => return Err(foreign(&child.name.written())),
        };
        terms.get_or_insert_default().push(text(child)?);
    }
    Ok(persistent)
}

fn place(element: &XmlElement) -> Decoded<Place> {
    without_attributes(element)?;
    let mut place = Place::default();
    for child in element.unwrapped() {
        match child.standard_name() {
            Some("id") => place.id = Some(text(child)?),
            _ => place.extensions.push(extension_from_element(child)),
        }
    }
    Ok(place)
}

fn typed(element: &XmlElement) -> Decoded<(Option<String>, Option<String>)> {
    let kind = element.attribute("type").map(|kind| kind.trim().to_owned());
    let other = element
        .attributes
        .iter()
        .find(|(name, _)| name.local != "type");
    if let Some((name, _)) = other {
        return Err(foreign(&name.written()));
    }
    Ok((kind, Some(own_text(element)?)))
}

fn transaction(element: &XmlElement) -> Decoded<BizTransaction> {
    let (transaction_type, id) = typed(element)?;
    Ok(BizTransaction {
        transaction_type,
        id,
    })
}

fn party(element: &XmlElement) -> Decoded<Party> {
    let (party_type, id) = typed(element)?;
    Ok(Party { party_type, id })
}
