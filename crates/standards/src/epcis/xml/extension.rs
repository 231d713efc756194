//! Extensions from and to XML.

use super::{XmlElement, XmlWriteError};
use crate::epcis::{
    excerpt::Excerpt,
    model::{Element, Extension, Name, Value},
};

pub(super) fn extension_from_element(element: &XmlElement) -> Extension {
    Extension {
        name: element.name.clone(),
        value: value_from_element(element),
    }
}

/// What is in an element: its text alone, or a structure.
pub(super) fn value_from_element(element: &XmlElement) -> Value {
    if element.attributes.is_empty() && element.children.is_empty() {
        return Value::Text(element.text.clone());
    }
    Value::Element(Element {
        attributes: element.attributes.clone(),
        text: (!element.text.is_empty()).then(|| element.text.clone()),
        fields: element
            .children
            .iter()
            .map(extension_from_element)
            .collect(),
    })
}

/// Appends the elements of extensions; a list becomes one element for each of its values.
pub(super) fn push_extensions(
    children: &mut Vec<XmlElement>,
    extensions: &[Extension],
) -> Result<(), XmlWriteError> {
    extensions
        .iter()
        .try_for_each(|extension| push_value(children, &extension.name, &extension.value))
}

fn push_value(
    children: &mut Vec<XmlElement>,
    name: &Name,
    value: &Value,
) -> Result<(), XmlWriteError> {
    if let Value::List(values) = value {
        return values
            .iter()
            .try_for_each(|value| push_value(children, name, value));
    }
    let mut element = XmlElement::new(name.clone());
    fill(&mut element, value)?;
    children.push(element);
    Ok(())
}

/// Puts a value that is no list into an element.
pub(super) fn fill(element: &mut XmlElement, value: &Value) -> Result<(), XmlWriteError> {
    match value {
        Value::Null => {}
        Value::Bool(flag) => element.text = flag.to_string(),
        Value::Number(number) => number.as_str().clone_into(&mut element.text),
        Value::Text(text) => text.clone_into(&mut element.text),
        Value::List(_) => {
            return Err(XmlWriteError::Value(Excerpt::new("a list within a list")));
        }
        Value::Element(inner) => {
            element.attributes.clone_from(&inner.attributes);
            if let Some(text) = &inner.text {
                text.clone_into(&mut element.text);
            }
            push_extensions(&mut element.children, &inner.fields)?;
        }
    }
    Ok(())
}
