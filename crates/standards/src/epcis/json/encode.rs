//! An event as its JSON object.

use super::{Json, extension::push_extensions, sensor::sensor_to_json};
use crate::epcis::model::{
    BizTransaction, CertificationInfo, ErrorDeclaration, Event, Field, FieldRef, Party,
    PersistentDisposition, Place, Quantity,
};

/// The event's object. Terms and identifiers stand as the event has them.
pub(crate) fn event_to_json(event: &Event) -> Json {
    let mut members = vec![member("type", Json::Text(event.event_type.name()))];
    if let Some(context) = &event.context {
        members.insert(0, member("@context", context.clone()));
    }
    for field in Field::ALL {
        if let Some(value) = event.field(*field) {
            members.push(member(field.name(), field_to_json(*field, value)));
        }
    }
    push_extensions(&mut members, &event.extensions);
    Json::Object(members)
}

fn member(name: &str, value: Json) -> (String, Json) {
    (name.to_owned(), value)
}

fn field_to_json(field: Field, value: FieldRef<'_>) -> Json {
    match value {
        FieldRef::Text(text) => Json::text(text),
        FieldRef::Epcs(texts) => list_of_texts(texts),
        FieldRef::Quantities(quantities) => {
            Json::List(quantities.iter().map(quantity_to_json).collect())
        }
        FieldRef::Certifications(CertificationInfo::One(text)) => Json::text(text),
        FieldRef::Certifications(CertificationInfo::Many(texts)) => list_of_texts(texts),
        FieldRef::Error(error) => error_to_json(error),
        FieldRef::Persistent(persistent) => persistent_to_json(persistent),
        FieldRef::Place(place) => place_to_json(place),
        FieldRef::Transactions(transactions) => {
            Json::List(transactions.iter().map(transaction_to_json).collect())
        }
        FieldRef::Parties(parties) => Json::List(
            parties
                .iter()
                .map(|party| party_to_json(field.item(), party))
                .collect(),
        ),
        FieldRef::Sensors(sensors) => Json::List(sensors.iter().map(sensor_to_json).collect()),
        FieldRef::Ilmd(extensions) => {
            let mut members = Vec::new();
            push_extensions(&mut members, extensions);
            Json::Object(members)
        }
    }
}

fn list_of_texts(texts: &[String]) -> Json {
    Json::List(texts.iter().map(|text| Json::text(text)).collect())
}

fn push_text(members: &mut Vec<(String, Json)>, name: &str, text: Option<&String>) {
    members.extend(text.map(|text| member(name, Json::text(text))));
}

fn quantity_to_json(quantity: &Quantity) -> Json {
    let mut members = Vec::new();
    push_text(&mut members, "epcClass", quantity.epc_class.as_ref());
    let number = quantity.quantity.clone().map(Json::Number);
    members.extend(number.map(|number| member("quantity", number)));
    push_text(&mut members, "uom", quantity.uom.as_ref());
    Json::Object(members)
}

fn error_to_json(error: &ErrorDeclaration) -> Json {
    let mut members = Vec::new();
    push_text(
        &mut members,
        "declarationTime",
        error.declaration_time.as_ref(),
    );
    push_text(&mut members, "reason", error.reason.as_ref());
    let corrective = error.corrective_event_ids.as_deref().map(list_of_texts);
    members.extend(corrective.map(|ids| member("correctiveEventIDs", ids)));
    push_extensions(&mut members, &error.extensions);
    Json::Object(members)
}

fn persistent_to_json(persistent: &PersistentDisposition) -> Json {
    let set = persistent.set.as_deref().map(list_of_texts);
    let unset = persistent.unset.as_deref().map(list_of_texts);
    let mut members: Vec<_> = set.map(|set| member("set", set)).into_iter().collect();
    members.extend(unset.map(|unset| member("unset", unset)));
    Json::Object(members)
}

fn place_to_json(place: &Place) -> Json {
    let mut members = Vec::new();
    push_text(&mut members, "id", place.id.as_ref());
    push_extensions(&mut members, &place.extensions);
    Json::Object(members)
}

fn transaction_to_json(transaction: &BizTransaction) -> Json {
    let mut members = Vec::new();
    push_text(&mut members, "type", transaction.transaction_type.as_ref());
    push_text(&mut members, "bizTransaction", transaction.id.as_ref());
    Json::Object(members)
}

fn party_to_json(name: &str, party: &Party) -> Json {
    let mut members = Vec::new();
    push_text(&mut members, "type", party.party_type.as_ref());
    push_text(&mut members, name, party.id.as_ref());
    Json::Object(members)
}
