//! Whether what users added is what a query asks for.

use super::clause::Test;
use crate::epcis::{
    model::{Element, Extension, Name, Value},
    number::Number,
    time::Instant,
};

/// Whether two names are one: by namespace where both have one, else as written.
pub(super) fn same_name(left: &Name, right: &Name) -> bool {
    match (&left.namespace, &right.namespace) {
        (Some(one), Some(other)) => left.local == right.local && one == other,
        _ => left.written() == right.written(),
    }
}

/// `inner` asks for extensions within extensions, at any depth, and not for the outermost.
pub(super) fn extension_holds(
    extension: &Extension,
    inner: bool,
    (name, test): (&Name, &Test),
) -> bool {
    if inner {
        return fields(&extension.value).into_iter().any(|field| {
            extension_holds(field, false, (name, test))
                || extension_holds(field, true, (name, test))
        });
    }
    same_name(&extension.name, name) && value_holds(&extension.value, test)
}

fn fields(value: &Value) -> Vec<&Extension> {
    match value {
        Value::Element(element) => element.fields.iter().collect(),
        Value::List(values) => values.iter().flat_map(fields).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Vec::new(),
    }
}

fn value_holds(value: &Value, test: &Test) -> bool {
    if let Value::List(values) = value {
        return values.iter().any(|value| value_holds(value, test));
    }
    let text = text_of(value);
    match test {
        Test::Exists => true,
        Test::Texts(texts) => {
            text.is_some_and(|text| texts.iter().any(|asked| equal(&text, asked)))
        }
        Test::Number(operator, number) => {
            let found = text.and_then(|text| Number::parse(text.trim()));
            found.is_some_and(|found| operator.holds(&found.to_f64(), number))
        }
        Test::Time(operator, time) => {
            text.is_some_and(|text| super::matches::compare_time(text.trim(), *operator, time))
        }
        Test::HasAttribute(names) => {
            let mut names = names.iter();
            names.any(|name| attribute(value, name).is_some())
        }
        Test::Attribute(name, texts) => {
            attribute(value, name).is_some_and(|text| texts.contains(&text))
        }
    }
}

/// Equal as texts, as numbers or as times.
fn equal(found: &str, asked: &str) -> bool {
    let numbers = Number::parse(found).zip(Number::parse(asked));
    let times = Instant::parse(found).zip(Instant::parse(asked));
    found == asked
        || numbers.is_some_and(|(found, asked)| found.to_f64() == asked.to_f64())
        || times.is_some_and(|(found, asked)| found == asked)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Element(element) => element.text.clone(),
        Value::Null | Value::List(_) => None,
    }
}

/// An attribute of XML, or the member of JSON that stands for one.
fn attribute(value: &Value, name: &Name) -> Option<String> {
    let Value::Element(Element {
        attributes, fields, ..
    }) = value
    else {
        return None;
    };
    let found = attributes.iter().find(|(other, _)| same_name(other, name));
    if let Some((_, text)) = found {
        return Some(text.clone());
    }
    let written = format!("@{}", name.written());
    let field = fields
        .iter()
        .find(|field| field.name.written() == written)?;
    text_of(&field.value)
}
