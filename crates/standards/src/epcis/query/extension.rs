//! Parameters about what users added: `EQ_INNER_ILMD_example:batch` and the like.

use super::{
    QueryError,
    clause::{Clause, Operator, Scope, Test},
    given::Given,
};
use crate::epcis::{
    model::{Name, Prefixes},
    number::Number,
    time::Instant,
};

const SCOPES: [(&str, Scope); 7] = [
    ("ILMD_", Scope::Ilmd),
    ("ERROR_DECLARATION_", Scope::ErrorDeclaration),
    ("SENSORELEMENT_", Scope::SensorElement),
    ("SENSORMETADATA_", Scope::SensorMetadata),
    ("SENSORREPORT_", Scope::SensorReport),
    ("readPoint_", Scope::ReadPoint),
    ("bizLocation_", Scope::BizLocation),
];

/// The condition of a parameter about an extension; `None` where the name is not of that form.
pub(super) fn extension(given: &Given, prefixes: &Prefixes) -> Result<Option<Clause>, QueryError> {
    let attribute = ["EQATTR_", "EQ_ATTR_"]
        .into_iter()
        .find_map(|start| given.name.strip_prefix(start));
    if let Some(rest) = attribute {
        return attribute_equals(given, rest, prefixes);
    }
    let Some((operator, rest)) = given.name.split_once('_') else {
        return Ok(None);
    };
    let (inner, rest) = match rest.strip_prefix("INNER_") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (scope, written) = SCOPES
        .into_iter()
        .find_map(|(start, scope)| Some((scope, rest.strip_prefix(start)?)))
        .unwrap_or((Scope::Event, rest));
    let Some(name) = qualified(written, prefixes) else {
        return Ok(None);
    };
    let test = match operator {
        "EXISTS" => Test::Exists,
        "HASATTR" => {
            let names = given.texts()?;
            let names = names.iter().map(|name| attribute_name(name, prefixes));
            Test::HasAttribute(names.collect())
        }
        operator => match Operator::named(operator) {
            Some(operator) => comparison(given, operator)?,
            None => return Ok(None),
        },
    };
    Ok(Some(Clause::Extension {
        scope,
        inner,
        name,
        test,
    }))
}

/// A name with a prefix, or a full URI with the local name after `#` as EPCIS 1.2 writes it.
fn qualified(written: &str, prefixes: &Prefixes) -> Option<Name> {
    if let Some((namespace, local)) = written.rsplit_once('#') {
        return Some(Name {
            prefix: None,
            namespace: Some(namespace.into()),
            local: local.to_owned(),
        });
    }
    let name = Name::read(written, prefixes);
    (name.prefix.is_some() && !name.local.is_empty()).then_some(name)
}

fn attribute_name(written: &str, prefixes: &Prefixes) -> Name {
    qualified(written, prefixes).unwrap_or_else(|| Name::bare(written))
}

fn attribute_equals(
    given: &Given,
    rest: &str,
    prefixes: &Prefixes,
) -> Result<Option<Clause>, QueryError> {
    let Some((field, attribute)) = rest.split_once('_') else {
        return Ok(None);
    };
    let Some(name) = qualified(field, prefixes) else {
        return Ok(None);
    };
    let attribute = attribute_name(attribute, prefixes);
    Ok(Some(Clause::Extension {
        scope: Scope::Event,
        inner: false,
        name,
        test: Test::Attribute(attribute, given.texts()?),
    }))
}

/// Texts for equality; for an order a time where the value is one, else a number.
fn comparison(given: &Given, operator: Operator) -> Result<Test, QueryError> {
    if operator == Operator::Equal {
        return Ok(Test::Texts(given.texts()?));
    }
    let text = given.text()?;
    match (Instant::parse(text), Number::parse(text)) {
        (Some(time), _) => Ok(Test::Time(operator, time)),
        (None, Some(number)) => Ok(Test::Number(operator, number.to_f64())),
        (None, None) => Err(given.refuse("a number, or a date and time with a zone")),
    }
}
