//! An XML element with all that is in it.

use super::is_epcis;
use crate::epcis::model::Name;

/// An element: either text or child elements, never both.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlElement {
    /// Its name.
    pub name: Name,
    /// Attributes in order, declarations of namespaces apart.
    pub attributes: Vec<(Name, String)>,
    /// Namespaces that it declares: (prefix, namespace).
    pub declarations: Vec<(String, String)>,
    /// Child elements in order.
    pub children: Vec<XmlElement>,
    /// Its text where it has no child elements.
    pub text: String,
    /// The line on which it begins, from 1; 0 where it was not read.
    pub line: u64,
}

impl XmlElement {
    /// An element of this name with nothing in it.
    pub fn new(name: Name) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            declarations: Vec::new(),
            children: Vec::new(),
            text: String::new(),
            line: 0,
        }
    }

    /// A standard element, without namespace.
    pub fn standard(name: &str) -> Self {
        Self::new(Name::bare(name))
    }

    /// A standard element with text.
    pub fn leaf(name: &str, text: &str) -> Self {
        let mut element = Self::standard(name);
        text.clone_into(&mut element.text);
        element
    }

    /// Its local name where it belongs to EPCIS: without a namespace, or in one of EPCIS's.
    pub fn standard_name(&self) -> Option<&str> {
        standard_name(&self.name)
    }

    /// The value of an attribute without prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|(attribute, _)| attribute.namespace.is_none() && attribute.local == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Adds an attribute without prefix, if there is a value.
    pub fn with_attribute(mut self, name: &str, value: Option<&str>) -> Self {
        self.attributes
            .extend(value.map(|value| (Name::bare(name), value.to_owned())));
        self
    }

    /// The child elements, those inside wrappers of 1.2 in the place of the wrapper.
    pub(crate) fn unwrapped(&self) -> Vec<&XmlElement> {
        let mut unwrapped = Vec::with_capacity(self.children.len());
        for child in &self.children {
            match child.standard_name() {
                Some("extension" | "baseExtension") => unwrapped.extend(child.unwrapped()),
                _ => unwrapped.push(child),
            }
        }
        unwrapped
    }
}

/// The local name where `name` belongs to EPCIS.
pub(crate) fn standard_name(name: &Name) -> Option<&str> {
    match &name.namespace {
        None => Some(&name.local),
        Some(namespace) if is_epcis(namespace) => Some(&name.local),
        Some(_) => None,
    }
}
