//! XML elements as text.

use super::{
    XmlElement, XmlWriteError,
    name::{XML, is_allowed, is_local_name},
};
use crate::epcis::{excerpt::Excerpt, model::Name};

/// Namespaces in force where something is printed: (prefix, namespace), innermost last.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope(Vec<(String, String)>);

impl Scope {
    pub(super) fn declare(&mut self, prefix: &str, namespace: &str) {
        self.0.push((prefix.to_owned(), namespace.to_owned()));
    }

    fn stands_for(&self, prefix: &str) -> Option<&str> {
        if prefix == "xml" {
            return Some(XML);
        }
        let found = self.0.iter().rev().find(|(name, _)| name == prefix);
        found.map(|(_, namespace)| namespace.as_str())
    }
}

/// Appends `element` with the declarations that it needs.
pub(super) fn print(
    element: &XmlElement,
    scope: &mut Scope,
    text: &mut String,
) -> Result<(), XmlWriteError> {
    let outer = scope.0.len();
    let name = start(element, scope, text)?;
    if element.children.is_empty() && element.text.is_empty() {
        text.push_str("/>");
    } else {
        text.push('>');
        escape(&element.text, false, text)?;
        for child in &element.children {
            print(child, scope, text)?;
        }
        close(&name, text);
    }
    scope.0.truncate(outer);
    Ok(())
}

/// Appends the start tag of `element` up to but without its closing bracket, and gives its name as printed.
pub(super) fn start(
    element: &XmlElement,
    scope: &mut Scope,
    text: &mut String,
) -> Result<String, XmlWriteError> {
    let mut declarations = String::new();
    for (prefix, namespace) in &element.declarations {
        if scope.stands_for(prefix) != Some(namespace) {
            declare(prefix, namespace, scope, &mut declarations)?;
        }
    }
    let name = qualified(&element.name, scope, &mut declarations)?;
    let mut attributes = String::new();
    for (attribute, value) in &element.attributes {
        let name = qualified(attribute, scope, &mut declarations)?;
        attributes.push(' ');
        attributes.push_str(&name);
        attributes.push_str("=\"");
        escape(value, true, &mut attributes)?;
        attributes.push('"');
    }
    text.push('<');
    text.push_str(&name);
    text.push_str(&declarations);
    text.push_str(&attributes);
    Ok(name)
}

/// Appends an end tag.
pub(super) fn close(name: &str, text: &mut String) {
    text.push_str("</");
    text.push_str(name);
    text.push('>');
}

fn declare(
    prefix: &str,
    namespace: &str,
    scope: &mut Scope,
    text: &mut String,
) -> Result<(), XmlWriteError> {
    text.push_str(" xmlns");
    if !prefix.is_empty() {
        if !is_local_name(prefix) || namespace.is_empty() {
            return Err(XmlWriteError::Name(Excerpt::new(prefix)));
        }
        text.push(':');
        text.push_str(prefix);
    }
    text.push_str("=\"");
    escape(namespace, true, text)?;
    text.push('"');
    scope.declare(prefix, namespace);
    Ok(())
}

fn qualified(
    name: &Name,
    scope: &mut Scope,
    declarations: &mut String,
) -> Result<String, XmlWriteError> {
    if !is_local_name(&name.local) {
        return Err(XmlWriteError::Name(Excerpt::new(&name.written())));
    }
    let Some(namespace) = &name.namespace else {
        let prefixed = name
            .prefix
            .as_ref()
            .is_some_and(|prefix| !prefix.is_empty());
        if prefixed {
            return Err(XmlWriteError::Namespace(Excerpt::new(&name.written())));
        }
        if scope
            .stands_for("")
            .is_some_and(|namespace| !namespace.is_empty())
        {
            declare("", "", scope, declarations)?;
        }
        return Ok(name.local.clone());
    };
    let prefix = name.prefix.as_deref().unwrap_or("");
    if scope.stands_for(prefix) != Some(namespace) {
        declare(prefix, namespace, scope, declarations)?;
    }
    Ok(name.written())
}

fn escape(value: &str, in_attribute: bool, text: &mut String) -> Result<(), XmlWriteError> {
    for letter in value.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' if in_attribute => text.push_str("&quot;"),
            '\t' if in_attribute => text.push_str("&#9;"),
            '\n' if in_attribute => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            letter if is_allowed(letter) => text.push(letter),
            _ => return Err(XmlWriteError::Character(Excerpt::new(value))),
        }
    }
    Ok(())
}
