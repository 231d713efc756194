//! A report as canonical JSON, and its digest.

use super::Report;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

impl Report {
    /// Canonical JSON: no white space, members sorted by name. Numbers with fractions are texts.
    pub fn to_json(&self) -> String {
        let value = serde_json::to_value(self).expect("texts and whole numbers are always JSON");
        let mut text = String::new();
        print(&value, &mut text);
        text
    }

    /// SHA-256 of the canonical JSON.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.to_json()).into()
    }
}

fn print(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                print(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|one, other| one.0.cmp(other.0));
            text.push('{');
            for (at, (name, member)) in members.into_iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                print(member, text);
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string());
        }
    }
}
