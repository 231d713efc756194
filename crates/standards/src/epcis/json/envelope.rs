//! What stands around the events, from and to JSON.

use super::{
    Json, JsonErrorKind as Kind,
    extension::{extension_from_json, push_extensions, value_from_json, value_to_json},
    reader::Level,
};
use crate::epcis::{
    excerpt::Excerpt,
    model::{
        Attribute, DocumentKind, Envelope, MasterData, Prefixes, Vocabulary, VocabularyElement,
    },
};

type Member = (String, Json);
type Read<T> = Result<T, Kind>;

/// Takes one member of the object at `level` into the envelope.
pub(super) fn apply(envelope: &mut Envelope, level: Level, member: Member) -> Read<()> {
    let (name, value) = member;
    let prefixes = envelope.prefixes.clone();
    match (level, name.as_str()) {
        (Level::Top, "type") => envelope.kind = kind(&text(&name, value)?)?,
        (Level::Top, "id") => envelope.id = Some(text(&name, value)?),
        (Level::Top, "schemaVersion") => envelope.schema_version = Some(text(&name, value)?),
        (Level::Top, "creationDate") => envelope.creation_date = Some(text(&name, value)?),
        (Level::Top, "sender") => envelope.sender = Some(text(&name, value)?),
        (Level::Top, "receiver") => envelope.receiver = Some(text(&name, value)?),
        (Level::Top, "instanceIdentifier") => {
            envelope.instance_identifier = Some(text(&name, value)?);
        }
        (Level::Top, "epcisHeader") => header(envelope, value)?,
        (Level::Top, _) => envelope
            .extensions
            .push(extension_from_json(&name, value, &prefixes)),
        (Level::Body, _) => envelope
            .body_extensions
            .push(extension_from_json(&name, value, &prefixes)),
        (Level::QueryResults | Level::ResultsBody, _) => result(envelope, level, (name, value))?,
    }
    Ok(())
}

fn result(envelope: &mut Envelope, level: Level, member: Member) -> Read<()> {
    let (name, value) = member;
    let prefixes = envelope.prefixes.clone();
    let query = envelope.query.get_or_insert_default();
    match (level, name.as_str()) {
        (Level::QueryResults, "queryName") => query.query_name = Some(text(&name, value)?),
        (Level::QueryResults, "subscriptionID") => {
            query.subscription_id = Some(text(&name, value)?);
        }
        (Level::ResultsBody, "vocabularyList") => {
            query.vocabularies = Some(vocabularies(value, &prefixes)?);
        }
        (Level::ResultsBody, _) => query
            .results_extensions
            .push(extension_from_json(&name, value, &prefixes)),
        (Level::Top | Level::Body | Level::QueryResults, _) => query
            .extensions
            .push(extension_from_json(&name, value, &prefixes)),
    }
    Ok(())
}

fn kind(name: &str) -> Read<DocumentKind> {
    match name {
        "EPCISDocument" => Ok(DocumentKind::Capture),
        "EPCISQueryDocument" => Ok(DocumentKind::Query),
        _ => Err(Kind::Member {
            member: Excerpt::new("type"),
            got: "another word",
            expected: "EPCISDocument or EPCISQueryDocument",
        }),
    }
}

fn wrong(name: &str, value: &Json, expected: &'static str) -> Kind {
    Kind::Member {
        member: Excerpt::new(name),
        got: value.kind(),
        expected,
    }
}

fn text(name: &str, value: Json) -> Read<String> {
    match value {
        Json::Text(text) => Ok(text),
        other => Err(wrong(name, &other, "a text")),
    }
}

fn object(name: &str, value: Json) -> Read<Vec<Member>> {
    match value {
        Json::Object(members) => Ok(members),
        other => Err(wrong(name, &other, "an object")),
    }
}

fn list<T>(name: &str, value: Json, read: impl FnMut(Json) -> Read<T>) -> Read<Vec<T>> {
    match value {
        Json::List(items) => items.into_iter().map(read).collect(),
        other => Err(wrong(name, &other, "an array")),
    }
}

fn header(envelope: &mut Envelope, value: Json) -> Read<()> {
    let prefixes = envelope.prefixes.clone();
    envelope.has_header = true;
    for (name, value) in object("epcisHeader", value)? {
        match name.as_str() {
            "epcisMasterData" => envelope.master_data = Some(master_data(value, &prefixes)?),
            _ => envelope
                .header
                .push(extension_from_json(&name, value, &prefixes)),
        }
    }
    Ok(())
}

fn master_data(value: Json, prefixes: &Prefixes) -> Read<MasterData> {
    let mut data = MasterData::default();
    for (name, value) in object("epcisMasterData", value)? {
        match name.as_str() {
            "vocabularyList" => data.vocabularies = vocabularies(value, prefixes)?,
            _ => data
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(data)
}

fn vocabularies(value: Json, prefixes: &Prefixes) -> Read<Vec<Vocabulary>> {
    list("vocabularyList", value, |value| vocabulary(value, prefixes))
}

fn vocabulary(value: Json, prefixes: &Prefixes) -> Read<Vocabulary> {
    let mut vocabulary = Vocabulary::default();
    for (name, value) in object("vocabulary", value)? {
        match name.as_str() {
            "type" => vocabulary.vocabulary_type = Some(text(&name, value)?),
            "vocabularyElementList" => {
                vocabulary.elements = Some(list(&name, value, |value| {
                    vocabulary_element(value, prefixes)
                })?);
            }
            _ => vocabulary
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(vocabulary)
}

fn vocabulary_element(value: Json, prefixes: &Prefixes) -> Read<VocabularyElement> {
    let mut element = VocabularyElement::default();
    for (name, value) in object("vocabularyElement", value)? {
        match name.as_str() {
            "id" => element.id = Some(text(&name, value)?),
            "attributes" => {
                element.attributes = Some(list(&name, value, |value| attribute(value, prefixes))?);
            }
            "children" => {
                element.children = Some(list(&name, value, |value| text("children", value))?);
            }
            _ => element
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(element)
}

fn attribute(value: Json, prefixes: &Prefixes) -> Read<Attribute> {
    let mut members = object("attributes", value)?;
    let id = members.iter().position(|(name, _)| name == "id");
    let id = id.map(|at| members.remove(at).1);
    let only = members.pop();
    match (only, members.is_empty()) {
        (Some((name, value)), true) if name == "attribute" => Ok(Attribute {
            id: id.map(|id| text("id", id)).transpose()?,
            value: value_from_json(value, prefixes),
        }),
        _ => Err(Kind::Member {
            member: Excerpt::new("attributes"),
            got: "other members",
            expected: "id and attribute",
        }),
    }
}

pub(super) fn header_to_json(envelope: &Envelope) -> Json {
    let mut members = Vec::new();
    if let Some(data) = &envelope.master_data {
        let list = vocabularies_to_json(&data.vocabularies);
        let mut inner = vec![("vocabularyList".to_owned(), list)];
        push_extensions(&mut inner, &data.extensions);
        members.push(("epcisMasterData".to_owned(), Json::Object(inner)));
    }
    push_extensions(&mut members, &envelope.header);
    Json::Object(members)
}

pub(super) fn vocabularies_to_json(vocabularies: &[Vocabulary]) -> Json {
    Json::List(vocabularies.iter().map(vocabulary_to_json).collect())
}

fn push_text(members: &mut Vec<Member>, name: &str, text: Option<&String>) {
    members.extend(text.map(|text| (name.to_owned(), Json::text(text))));
}

fn vocabulary_to_json(vocabulary: &Vocabulary) -> Json {
    let mut members = Vec::new();
    push_text(&mut members, "type", vocabulary.vocabulary_type.as_ref());
    if let Some(elements) = &vocabulary.elements {
        let elements = elements.iter().map(element_to_json).collect();
        members.push(("vocabularyElementList".to_owned(), Json::List(elements)));
    }
    push_extensions(&mut members, &vocabulary.extensions);
    Json::Object(members)
}

fn element_to_json(element: &VocabularyElement) -> Json {
    let mut members = Vec::new();
    push_text(&mut members, "id", element.id.as_ref());
    if let Some(attributes) = &element.attributes {
        let attributes = attributes.iter().map(attribute_to_json).collect();
        members.push(("attributes".to_owned(), Json::List(attributes)));
    }
    if let Some(children) = &element.children {
        let children = children.iter().map(|child| Json::text(child)).collect();
        members.push(("children".to_owned(), Json::List(children)));
    }
    push_extensions(&mut members, &element.extensions);
    Json::Object(members)
}

fn attribute_to_json(attribute: &Attribute) -> Json {
    let mut members = Vec::new();
    push_text(&mut members, "id", attribute.id.as_ref());
    members.push(("attribute".to_owned(), value_to_json(&attribute.value)));
    Json::Object(members)
}
