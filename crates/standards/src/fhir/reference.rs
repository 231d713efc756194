//! References to other resources, and identifiers.

use serde_json::{Map, Value, json};

use super::{FhirError, node::Node};

/// An identifier in a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// URI of the system.
    pub system: Option<String>,
    /// The value.
    pub value: String,
}

/// A reference to a resource, literal, logical or in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// URL, `Type/id`, or `#id` of what is contained.
    pub reference: Option<String>,
    /// An identifier of it.
    pub identifier: Option<Identifier>,
    /// What people call it.
    pub display: Option<String>,
}

impl Identifier {
    pub(super) fn read(node: &Node<'_>) -> Result<Option<Self>, FhirError> {
        node.object()?;
        let (system, value) = (node.text_of("system")?, node.text_of("value")?);
        Ok(value.map(|value| Self { system, value }))
    }

    pub(super) fn print(&self) -> Value {
        match &self.system {
            Some(system) => json!({ "system": system, "value": self.value }),
            None => json!({ "value": self.value }),
        }
    }
}

impl Reference {
    pub(super) fn read(node: &Node<'_>) -> Result<Self, FhirError> {
        node.object()?;
        let identifier = node.member("identifier");
        let identifier = identifier.map(|one| Identifier::read(&one)).transpose()?;
        Ok(Self {
            reference: node.text_of("reference")?,
            identifier: identifier.flatten(),
            display: node.text_of("display")?,
        })
    }

    pub(super) fn print(&self) -> Value {
        let mut printed = Map::new();
        if let Some(reference) = &self.reference {
            printed.insert("reference".to_owned(), json!(reference));
        }
        if let Some(identifier) = &self.identifier {
            printed.insert("identifier".to_owned(), identifier.print());
        }
        if let Some(display) = &self.display {
            printed.insert("display".to_owned(), json!(display));
        }
        Value::Object(printed)
    }
}
