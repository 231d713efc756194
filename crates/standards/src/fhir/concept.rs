//! Codes from systems, and what people call them.

use serde_json::{Map, Value, json};

use super::{Fault, FhirError, node::Node};

/// A code from a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// URI of the system.
    pub system: Option<String>,
    /// The code.
    pub code: Option<String>,
    /// What people call it.
    pub display: Option<String>,
}

/// A `CodeableConcept`: codes for the same, and a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// The codes.
    pub codings: Vec<Coding>,
    /// The text.
    pub text: Option<String>,
}

impl Concept {
    pub(super) fn read(node: &Node<'_>) -> Result<Self, FhirError> {
        node.object()?;
        let codings = node.items_of("coding")?;
        Ok(Self {
            codings: codings.iter().map(Coding::read).collect::<Result<_, _>>()?,
            text: node.text_of("text")?,
        })
    }

    /// The concept, if a code of it stands with its system.
    pub(super) fn read_coded(node: &Node<'_>) -> Result<Self, FhirError> {
        let concept = Self::read(node)?;
        let is_code = |coding: &Coding| coding.system.is_some() && coding.code.is_some();
        match concept.codings.iter().any(is_code) {
            true => Ok(concept),
            false => Err(node.fault_of("coding", Fault::Missing)),
        }
    }

    pub(super) fn print(&self) -> Value {
        let mut printed = Map::new();
        if !self.codings.is_empty() {
            let codings = self.codings.iter().map(Coding::print);
            printed.insert("coding".to_owned(), codings.collect());
        }
        if let Some(text) = &self.text {
            printed.insert("text".to_owned(), json!(text));
        }
        Value::Object(printed)
    }

    /// What people call it: the text, or the first display, or the first code.
    pub fn name(&self) -> Option<&str> {
        let displays = self.codings.iter().filter_map(|one| one.display.as_deref());
        let codes = self.codings.iter().filter_map(|one| one.code.as_deref());
        self.text
            .as_deref()
            .into_iter()
            .chain(displays)
            .chain(codes)
            .next()
    }
}

impl Coding {
    fn read(node: &Node<'_>) -> Result<Self, FhirError> {
        node.object()?;
        Ok(Self {
            system: node.text_of("system")?,
            code: node.text_of("code")?,
            display: node.text_of("display")?,
        })
    }

    fn print(&self) -> Value {
        let Self {
            system,
            code,
            display,
        } = self;
        let members = [("system", system), ("code", code), ("display", display)];
        let there = members.into_iter().filter_map(|(name, value)| {
            let value = value.as_ref()?;
            Some((name.to_owned(), json!(value)))
        });
        Value::Object(there.collect())
    }
}
