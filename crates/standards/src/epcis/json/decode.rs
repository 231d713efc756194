//! An event from its JSON object.

use super::{Json, extension::extension_from_json, prefixes_of, sensor::sensor_element};
use crate::epcis::{
    event_error::{Decoded, EventError, EventErrorKind as Kind, Within},
    excerpt::Excerpt,
    model::{
        Action, BizTransaction, CertificationInfo, ErrorDeclaration, Event, EventType, Extension,
        Field, Name, Party, PersistentDisposition, Place, Prefixes, Quantity, Slot,
    },
    number::Number,
};
use std::sync::Arc;

pub(super) type Members = Vec<(String, Json)>;

/// Reads the event; `outer` is what prefixes stand for around it.
pub(crate) fn event_from_json(value: Json, outer: &Arc<Prefixes>) -> Decoded<Event> {
    let mut members = object(value)?;
    let context = take(&mut members, "@context");
    let prefixes = match &context {
        Some(context) => {
            let prefixes = prefixes_of(context, outer).map_err(Kind::from);
            Arc::new(prefixes.map_err(EventError::from).within("@context")?)
        }
        None => outer.clone(),
    };
    let event_type = match take(&mut members, "type") {
        Some(value) => event_type(value, &prefixes).within("type")?,
        None => return Err(Kind::NoType.into()),
    };
    let mut event = Event {
        event_type,
        context,
        prefixes: prefixes.clone(),
        ..Event::default()
    };
    for (name, value) in members {
        match Field::named(&name) {
            Some(field) => assign(&mut event, field, value).within(field.name())?,
            None => event
                .extensions
                .push(extension_from_json(&name, value, &prefixes)),
        }
    }
    Ok(event)
}

fn event_type(value: Json, prefixes: &Prefixes) -> Decoded<EventType> {
    let name = text(value)?;
    match EventType::standard(&name) {
        Some(standard) => Ok(standard),
        None if name.contains(':') => Ok(EventType::Custom(Name::read(&name, prefixes))),
        None => Err(Kind::UnknownType(Excerpt::new(&name)).into()),
    }
}

fn assign(event: &mut Event, field: Field, value: Json) -> Decoded<()> {
    let prefixes = event.prefixes.clone();
    match event.slot(field) {
        Slot::Text(slot) => *slot = Some(text(value)?),
        Slot::Epcs(slot) => *slot = Some(texts(value)?),
        Slot::Quantities(slot) => *slot = Some(list(value, quantity)?),
        Slot::Certifications(slot) => *slot = Some(certification(value)?),
        Slot::Action(slot) => *slot = Some(action(value)?),
        Slot::Error(slot) => *slot = Some(error_declaration(value, &prefixes)?),
        Slot::Persistent(slot) => *slot = Some(persistent(value)?),
        Slot::Place(slot) => *slot = Some(place(value, &prefixes)?),
        Slot::Transactions(slot) => *slot = Some(list(value, transaction)?),
        Slot::Parties(slot) => *slot = Some(list(value, |value| party(value, field.item()))?),
        Slot::Sensors(slot) => {
            *slot = Some(list(value, |value| sensor_element(value, &prefixes))?);
        }
        Slot::Ilmd(slot) => *slot = Some(extensions(object(value)?, &prefixes)),
    }
    Ok(())
}

fn take(members: &mut Members, name: &str) -> Option<Json> {
    let at = members.iter().position(|(member, _)| member == name)?;
    Some(members.remove(at).1)
}

pub(super) fn object(value: Json) -> Decoded<Members> {
    match value {
        Json::Object(members) => Ok(members),
        other => Err(wrong(&other, "an object")),
    }
}

pub(super) fn text(value: Json) -> Decoded<String> {
    match value {
        Json::Text(text) => Ok(text),
        other => Err(wrong(&other, "a text")),
    }
}

fn wrong(value: &Json, expected: &'static str) -> EventError {
    Kind::Kind {
        got: value.kind(),
        expected,
    }
    .into()
}

pub(super) fn number(value: Json) -> Decoded<Number> {
    match value {
        Json::Number(number) => Ok(number),
        other => Err(wrong(&other, "a number")),
    }
}

pub(super) fn boolean(value: Json) -> Decoded<bool> {
    match value {
        Json::Bool(flag) => Ok(flag),
        other => Err(wrong(&other, "true or false")),
    }
}

pub(super) fn list<T>(value: Json, mut read: impl FnMut(Json) -> Decoded<T>) -> Decoded<Vec<T>> {
    match value {
        Json::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| read(item).within(index))
            .collect(),
        other => Err(wrong(&other, "an array")),
    }
}

fn texts(value: Json) -> Decoded<Vec<String>> {
    list(value, text)
}

pub(super) fn extensions(members: Members, prefixes: &Prefixes) -> Vec<Extension> {
    members
        .into_iter()
        .map(|(name, value)| extension_from_json(&name, value, prefixes))
        .collect()
}

fn foreign<T>(name: String) -> Decoded<T> {
    Err(Kind::Foreign(Excerpt::new(&name)).into()).within(name)
}

fn action(value: Json) -> Decoded<Action> {
    let word = text(value)?;
    Action::named(&word).ok_or_else(|| Kind::UnknownAction(Excerpt::new(&word)).into())
}

fn certification(value: Json) -> Decoded<CertificationInfo> {
    match value {
        Json::Text(text) => Ok(CertificationInfo::One(text)),
        Json::List(_) => texts(value).map(CertificationInfo::Many),
        other => Err(wrong(&other, "a text or an array of texts")),
    }
}

fn error_declaration(value: Json, prefixes: &Prefixes) -> Decoded<ErrorDeclaration> {
    let mut error = ErrorDeclaration::default();
    for (name, value) in object(value)? {
        match name.as_str() {
            "declarationTime" => error.declaration_time = Some(text(value).within(name)?),
            "reason" => error.reason = Some(text(value).within(name)?),
            "correctiveEventIDs" => error.corrective_event_ids = Some(texts(value).within(name)?),
            _ => error
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(error)
}

fn quantity(value: Json) -> Decoded<Quantity> {
    let mut quantity = Quantity {
        epc_class: None,
        quantity: None,
        uom: None,
    };
    for (name, value) in object(value)? {
        match name.as_str() {
            "epcClass" => quantity.epc_class = Some(text(value).within(name)?),
            "quantity" => quantity.quantity = Some(number(value).within(name)?),
            "uom" => quantity.uom = Some(text(value).within(name)?),
            _ => return foreign(name),
        }
    }
    Ok(quantity)
}

fn persistent(value: Json) -> Decoded<PersistentDisposition> {
    let mut persistent = PersistentDisposition::default();
    for (name, value) in object(value)? {
        match name.as_str() {
            "set" => persistent.set = Some(texts(value).within(name)?),
            "unset" => persistent.unset = Some(texts(value).within(name)?),
            _ => return foreign(name),
        }
    }
    Ok(persistent)
}

fn place(value: Json, prefixes: &Prefixes) -> Decoded<Place> {
    let mut place = Place::default();
    for (name, value) in object(value)? {
        match name.as_str() {
            "id" => place.id = Some(text(value).within(name)?),
            _ => place
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(place)
}

fn transaction(value: Json) -> Decoded<BizTransaction> {
    let (transaction_type, id) = typed(value, "bizTransaction")?;
    Ok(BizTransaction {
        transaction_type,
        id,
    })
}

fn party(value: Json, id_name: &str) -> Decoded<Party> {
    let (party_type, id) = typed(value, id_name)?;
    Ok(Party { party_type, id })
}

fn typed(value: Json, id_name: &str) -> Decoded<(Option<String>, Option<String>)> {
    let (mut kind, mut id) = (None, None);
    for (name, value) in object(value)? {
        match name.as_str() {
            "type" => kind = Some(text(value).within(name)?),
            other if other == id_name => id = Some(text(value).within(name)?),
            _ => return foreign(name),
        }
    }
    Ok((kind, id))
}
