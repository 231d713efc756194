//! Queries from a JSON body, from the parameters of a URL, and from a poll in XML.

use super::{
    Query, QueryError,
    given::{Given, MAX_VALUE_BYTES},
};
use crate::epcis::{
    excerpt::Excerpt,
    json::{self, Json, prefixes_of},
    limits::Limits,
    model::Prefixes,
    xml::{self, XmlElement},
};

/// Bounds of a query's text.
const LIMITS: Limits = Limits {
    event_bytes: 1 << 20,
    header_bytes: 1 << 20,
    depth: 16,
    nodes: 20_000,
    events: 0,
};

impl Query {
    /// Reads the body of a named query or of a query without a name. Its own context may define prefixes.
    ///
    /// # Errors
    /// See [`QueryError`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, QueryError> {
        let body = json::parse(bytes, &LIMITS)?;
        let inner = body.get("query").unwrap_or(&body);
        let Json::Object(members) = inner else {
            return Err(QueryError::Shape {
                got: Excerpt::new(inner.kind()),
                expected: "an object of parameters",
            });
        };
        let standard = Prefixes::standard();
        let context = body.get("@context").or_else(|| inner.get("@context"));
        let prefixes = match context {
            Some(context) => prefixes_of(context, &standard)?,
            None => standard,
        };
        let given = members
            .iter()
            .filter(|(name, _)| name != "@context")
            .map(|(name, value)| Given::from_json(name.clone(), value))
            .collect::<Result<Vec<_>, _>>()?;
        Self::new(given, &prefixes)
    }

    /// Reads the query of a URL, without its question mark: values of one parameter stand between `|`. `prefixes` are those
    /// that the request defines by its `GS1-Extensions` header.
    ///
    /// # Errors
    /// See [`QueryError`].
    pub fn from_url(query: &str, prefixes: &Prefixes) -> Result<Self, QueryError> {
        if query.len() > LIMITS.event_bytes {
            return Err(QueryError::TooLarge {
                limit: LIMITS.event_bytes,
                what: "bytes",
            });
        }
        let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
        let given = parameters
            .map(|parameter| {
                let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
                let values = decode(value)?;
                let values = values.split('|').filter(|value| !value.is_empty());
                Ok(Given {
                    name: decode(name)?,
                    values: values.map(str::to_owned).collect(),
                })
            })
            .collect::<Result<Vec<_>, QueryError>>()?;
        Self::new(given, prefixes)
    }

    /// Reads a `Poll` of `SimpleEventQuery` in an EPCISQueryDocument or a SOAP envelope.
    ///
    /// # Errors
    /// See [`QueryError`].
    pub fn from_xml(bytes: &[u8]) -> Result<Self, QueryError> {
        let root = xml::parse(bytes, &LIMITS)?;
        let shape = |expected| QueryError::Shape {
            got: Excerpt::new(&root.name.written()),
            expected,
        };
        let poll = find(&root, "Poll").ok_or_else(|| shape("a Poll"))?;
        let name = child(poll, "queryName").map(|name| name.text.trim());
        match name {
            Some("SimpleEventQuery") => {}
            Some(other) => return Err(QueryError::UnknownQuery(Excerpt::new(other))),
            None => return Err(QueryError::NoQueryName),
        }
        let params = child(poll, "params").ok_or_else(|| shape("params"))?;
        let given = params.children.iter().map(parameter);
        let mut prefixes = Prefixes::standard();
        prefixes.open = false;
        for (prefix, namespace) in &root.declarations {
            prefixes.define(prefix, namespace);
        }
        Self::new(given.collect::<Result<Vec<_>, _>>()?, &prefixes)
    }
}

fn find<'a>(element: &'a XmlElement, name: &str) -> Option<&'a XmlElement> {
    if element.name.local == name {
        return Some(element);
    }
    element.children.iter().find_map(|child| find(child, name))
}

fn child<'a>(element: &'a XmlElement, name: &str) -> Option<&'a XmlElement> {
    element
        .children
        .iter()
        .find(|child| child.name.local == name)
}

/// `param`: a name, and a value that is text or elements with one text each.
fn parameter(element: &XmlElement) -> Result<Given, QueryError> {
    let shape = || QueryError::Shape {
        got: Excerpt::new(&element.name.written()),
        expected: "a param with name and value",
    };
    let name = child(element, "name").ok_or_else(shape)?;
    let name = name.text.trim().to_owned();
    let value = child(element, "value").ok_or_else(|| QueryError::Value {
        parameter: Excerpt::new(&name),
        got: Excerpt::new("nothing"),
        expected: "a value",
    })?;
    let values: Vec<String> = match value.children.is_empty() {
        true => vec![value.text.trim().to_owned()],
        false => {
            let children = value.children.iter();
            children.map(|item| item.text.trim().to_owned()).collect()
        }
    };
    let is_void = values.len() == 1 && values[0].is_empty();
    Ok(Given {
        name,
        values: if is_void { Vec::new() } else { values },
    })
}

fn decode(text: &str) -> Result<String, QueryError> {
    if text.len() > MAX_VALUE_BYTES * 64 {
        return Err(QueryError::TooLarge {
            limit: MAX_VALUE_BYTES * 64,
            what: "bytes of one parameter",
        });
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'%' => {
                let pair = after
                    .get(..2)
                    .and_then(|pair| std::str::from_utf8(pair).ok());
                let octet = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
                bytes.push(octet.ok_or(QueryError::PercentEncoding)?);
                rest = &after[2..];
            }
            b'+' => bytes.push(b' '),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| QueryError::PercentEncoding)
}
