//! Names of extensions between the two syntaxes.
//!
//! | | JSON-LD | XML |
//! |---|---|---|
//! | attribute of an extension | member `@name` | attribute |
//! | text beside attributes | member `#text` | text |
//! | name that is a full URI | as it is | namespace up to the last `/`, `#` or `:`, a prefix made up |
//! | `cbvmda` | `urn:epcglobal:cbv:mda:` | `urn:epcglobal:cbv:mda` |

use crate::epcis::{
    model::{Element, Extension, Name, Prefixes, Value},
    uri::is_uri,
};
use std::sync::Arc;

const MASTER_DATA_JSON: &str = "urn:epcglobal:cbv:mda:";
const MASTER_DATA_XML: &str = "urn:epcglobal:cbv:mda";

/// Changes a name, and those within its value, for XML.
pub(super) fn extension_for_xml(extension: &mut Extension, prefixes: &Prefixes) {
    name_for_xml(&mut extension.name);
    extension
        .value
        .for_each_element(&mut |element| element_for_xml(element, prefixes));
}

fn element_for_xml(element: &mut Element, prefixes: &Prefixes) {
    let fields = std::mem::take(&mut element.fields);
    for mut field in fields {
        let written = field.name.written();
        let text = scalar(&field.value);
        match (written.strip_prefix('@'), text) {
            (Some(attribute), Some(text)) => {
                let mut name = Name::read(attribute, prefixes);
                name_for_xml(&mut name);
                element.attributes.push((name, text));
            }
            (None, Some(text)) if written == "#text" => element.text = Some(text),
            _ => {
                name_for_xml(&mut field.name);
                element.fields.push(field);
            }
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::List(_) | Value::Element(_) => None,
    }
}

fn name_for_xml(name: &mut Name) {
    if name.namespace.as_deref() == Some(MASTER_DATA_JSON) && is_master_data(name) {
        name.namespace = Some(Arc::from(MASTER_DATA_XML));
    }
    if name.namespace.is_none() && name.prefix.is_none() && is_uri(&name.local) {
        let split = name.local.rfind(['/', '#', ':']).map(|at| at + 1);
        if let Some((namespace, local)) = split.and_then(|at| name.local.split_at_checked(at)) {
            *name = Name {
                prefix: Some(Arc::from("ns")),
                namespace: Some(Arc::from(namespace)),
                local: local.to_owned(),
            };
        }
    }
}

fn is_master_data(name: &Name) -> bool {
    name.prefix.as_deref() == Some("cbvmda")
}

/// Changes a name, and those within its value, for JSON-LD.
pub(super) fn extension_for_json(extension: &mut Extension) {
    name_for_json(&mut extension.name);
    extension.value.for_each_element(&mut |element| {
        for (name, _) in &mut element.attributes {
            name_for_json(name);
        }
        for field in &mut element.fields {
            name_for_json(&mut field.name);
        }
    });
}

/// A name in the default namespace gets the full URI as its name, since a context cannot give it a prefix of none.
fn name_for_json(name: &mut Name) {
    if name.namespace.as_deref() == Some(MASTER_DATA_XML) && is_master_data(name) {
        name.namespace = Some(Arc::from(MASTER_DATA_JSON));
    }
    let by_default = name.prefix.as_deref() == Some("");
    if let Some(namespace) = name.namespace.as_ref().filter(|_| by_default) {
        *name = Name::bare(&format!("{namespace}{}", name.local));
    }
}

/// Whether `prefix` in XML is the one that JSON-LD's own context defines.
pub(super) fn is_standard_in_json(prefix: &str, namespace: &str) -> bool {
    (prefix == "cbvmda" && namespace == MASTER_DATA_XML)
        || crate::epcis::vocabulary::STANDARD_PREFIXES.contains(&(prefix, namespace))
}
