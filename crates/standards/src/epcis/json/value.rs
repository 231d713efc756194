//! A JSON text as a tree that keeps the order of members and the text of numbers.

use crate::epcis::number::Number;

/// A JSON value. Equality is that of values: the order of an object's members does not count.
#[derive(Clone, Debug)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as written.
    Number(Number),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, each name once, in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut members = members.iter();
        let found = members.find(|(member, _)| member == name);
        found.map(|(_, value)| value)
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            return Some(text);
        }
        None
    }

    /// What kind of value it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match self {
            Self::Null => matches!(other, Self::Null),
            Self::Bool(left) => matches!(other, Self::Bool(right) if left == right),
            Self::Number(left) => matches!(other, Self::Number(right) if left == right),
            Self::Text(left) => matches!(other, Self::Text(right) if left == right),
            Self::List(left) => matches!(other, Self::List(right) if left == right),
            Self::Object(left) => {
                matches!(other, Self::Object(right) if same_members(left, right))
            }
        }
    }
}

fn same_members(left: &[(String, Json)], right: &[(String, Json)]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut left: Vec<_> = left.iter().collect();
    let mut right: Vec<_> = right.iter().collect();
    left.sort_by(|one, other| one.0.cmp(&other.0));
    right.sort_by(|one, other| one.0.cmp(&other.0));
    left == right
}
