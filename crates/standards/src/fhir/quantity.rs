//! Whole amounts with a unit.

use serde_json::{Map, Value, json};

use super::{Fault, FhirError, node::Node};

/// A whole amount above zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// How many.
    pub value: u64,
    /// The unit as people read it.
    pub unit: Option<String>,
    /// URI of the system of the unit's code.
    pub system: Option<String>,
    /// The unit's code.
    pub code: Option<String>,
}

impl Quantity {
    /// Reads an amount; a comparator or a part of a unit cannot be handed out and is refused.
    pub(super) fn read(node: &Node<'_>) -> Result<Self, FhirError> {
        node.object()?;
        node.refuse("comparator", "the amount must be exact")?;
        Ok(Self {
            value: whole(&node.required("value")?)?,
            unit: node.text_of("unit")?,
            system: node.text_of("system")?,
            code: node.text_of("code")?,
        })
    }

    /// The same unit with another amount.
    pub(super) fn print(&self, value: u64) -> Value {
        let mut printed = Map::new();
        printed.insert("value".to_owned(), json!(value));
        let Self {
            unit, system, code, ..
        } = self;
        for (name, text) in [("unit", unit), ("system", system), ("code", code)] {
            if let Some(text) = text {
                printed.insert(name.to_owned(), json!(text));
            }
        }
        Value::Object(printed)
    }
}

/// A whole number above zero, as `30` or `30.0`.
fn whole(node: &Node<'_>) -> Result<u64, FhirError> {
    let expected = node.fault(Fault::Expected("a whole number above zero"));
    let Value::Number(number) = node.value() else {
        return Err(expected);
    };
    let text = number.to_string();
    let digits = text.strip_suffix(".0").unwrap_or(&text);
    let value = digits.parse().ok().filter(|value: &u64| *value > 0);
    value.ok_or(expected)
}
