//! An event from its JSON object.

use super::{Json, extension::extension_from_json, prefixes_of};
use crate::epcis::{
    event_error::{Decoded, EventError, EventErrorKind as Kind, Within},
    excerpt::Excerpt,
    model::{
        Action, BizTransaction, CertificationInfo, ErrorDeclaration, Event, EventType, Extension,
        Field, Name, Party, PersistentDisposition, Place, Prefixes, Quantity,
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
        Some(context) => Arc::new(prefixes_of(context, outer)),
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
    match field {
        Field::EventTime => event.event_time = Some(text(value)?),
        Field::RecordTime => event.record_time = Some(text(value)?),
        Field::EventTimeZoneOffset => event.event_time_zone_offset = Some(text(value)?),
        Field::EventId => event.event_id = Some(text(value)?),
        Field::ErrorDeclaration => {
            event.error_declaration = Some(error_declaration(value, &prefixes)?);
        }
        Field::CertificationInfo => event.certification_info = Some(certification(value)?),
        Field::Action => event.action = Some(action(value)?),
        Field::ParentId => event.parent_id = Some(text(value)?),
        Field::EpcList => event.epc_list = Some(texts(value)?),
        Field::ChildEpcs => event.child_epcs = Some(texts(value)?),
        Field::InputEpcList => event.input_epc_list = Some(texts(value)?),
        Field::OutputEpcList => event.output_epc_list = Some(texts(value)?),
        Field::QuantityList => event.quantity_list = Some(list(value, quantity)?),
        Field::ChildQuantityList => event.child_quantity_list = Some(list(value, quantity)?),
        Field::InputQuantityList => event.input_quantity_list = Some(list(value, quantity)?),
        Field::OutputQuantityList => {
            event.output_quantity_list = Some(list(value, quantity)?);
        }
        Field::TransformationId => event.transformation_id = Some(text(value)?),
        Field::BizStep => event.biz_step = Some(text(value)?),
        Field::Disposition => event.disposition = Some(text(value)?),
        Field::PersistentDisposition => {
            event.persistent_disposition = Some(persistent(value)?);
        }
        Field::ReadPoint => event.read_point = Some(place(value, &prefixes)?),
        Field::BizLocation => event.biz_location = Some(place(value, &prefixes)?),
        Field::BizTransactionList => {
            event.biz_transaction_list = Some(list(value, transaction)?);
        }
        Field::SourceList => event.source_list = Some(list(value, source)?),
        Field::DestinationList => event.destination_list = Some(list(value, destination)?),
        Field::SensorElementList => {
            let sensor = |value| super::sensor::sensor_element(value, &prefixes);
            event.sensor_element_list = Some(list(value, sensor)?);
        }
        Field::Ilmd => event.ilmd = Some(extensions(object(value)?, &prefixes)),
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

fn source(value: Json) -> Decoded<Party> {
    let (party_type, id) = typed(value, "source")?;
    Ok(Party { party_type, id })
}

fn destination(value: Json) -> Decoded<Party> {
    let (party_type, id) = typed(value, "destination")?;
    Ok(Party { party_type, id })
}

fn typed(value: Json, id_name: &'static str) -> Decoded<(Option<String>, Option<String>)> {
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
