//! Extensions from and to JSON.

use super::Json;
use crate::epcis::model::{Element, Extension, Name, Prefixes, Value};
use std::collections::HashMap;

pub(super) fn extension_from_json(name: &str, value: Json, prefixes: &Prefixes) -> Extension {
    Extension {
        name: Name::read(name, prefixes),
        value: value_from_json(value, prefixes),
    }
}

pub(super) fn value_from_json(value: Json, prefixes: &Prefixes) -> Value {
    match value {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(flag),
        Json::Number(number) => Value::Number(number),
        Json::Text(text) => Value::Text(text),
        Json::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| value_from_json(item, prefixes))
                .collect(),
        ),
        Json::Object(members) => Value::Element(Element {
            fields: members
                .into_iter()
                .map(|(name, value)| extension_from_json(&name, value, prefixes))
                .collect(),
            ..Element::default()
        }),
    }
}

/// Members for `extensions`; those of one name, which XML may repeat, become one array.
pub(super) fn push_extensions(members: &mut Vec<(String, Json)>, extensions: &[Extension]) {
    let mut places: HashMap<String, (usize, bool)> = HashMap::with_capacity(extensions.len());
    for extension in extensions {
        let value = value_to_json(&extension.value);
        let written = extension.name.written();
        match places.get_mut(&written) {
            None => {
                places.insert(written.clone(), (members.len(), false));
                members.push((written, value));
            }
            Some((at, merged)) => {
                let slot = &mut members[*at].1;
                if !*merged {
                    *slot = Json::List(vec![std::mem::replace(slot, Json::Null)]);
                    *merged = true;
                }
                if let Json::List(items) = slot {
                    items.push(value);
                }
            }
        }
    }
}

pub(super) fn value_to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(number) => Json::Number(number.clone()),
        Value::Text(text) => Json::text(text),
        Value::List(items) => Json::List(items.iter().map(value_to_json).collect()),
        Value::Element(element) => {
            let mut members = Vec::with_capacity(element.fields.len());
            for (name, value) in &element.attributes {
                members.push((format!("@{}", name.written()), Json::text(value)));
            }
            if let Some(text) = &element.text {
                members.push(("#text".to_owned(), Json::text(text)));
            }
            push_extensions(&mut members, &element.fields);
            Json::Object(members)
        }
    }
}
