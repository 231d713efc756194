//! Where in an event something stands, in the words of JSON and of XML.

use super::model::Field;
use std::{borrow::Cow, fmt::Write};

/// One step from the event inwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a field.
    Name(Cow<'static, str>),
    /// To a member of a list, from 0.
    Index(usize),
}

impl From<&'static str> for Step {
    fn from(name: &'static str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl From<String> for Step {
    fn from(name: String) -> Self {
        Self::Name(Cow::Owned(name))
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// The way from an event to a value in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The event itself.
    pub fn event() -> Self {
        Self::default()
    }

    /// A standard field of the event.
    pub fn field(field: Field) -> Self {
        Self(vec![Step::Name(Cow::Borrowed(field.name()))])
    }

    /// One step further, to a field.
    pub fn name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(Step::Name(name.into()));
        self
    }

    /// One step further, to a member of a list.
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }

    /// The path below the event as a JSON Pointer (RFC 6901).
    pub fn to_json_pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.0 {
            pointer.push('/');
            match step {
                Step::Name(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => write_index(&mut pointer, *index),
            }
        }
        pointer
    }

    /// The path below the event as an abbreviated XPath.
    pub fn to_xml_path(&self) -> String {
        let mut path = String::new();
        let mut list = "";
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Name(name) => {
                    list = push_name(&mut path, list, name);
                }
                Step::Index(index) => {
                    push_item(&mut path, list);
                    if !matches!(self.0.get(at + 1), Some(Step::Index(_))) {
                        let _ = write!(path, "[{}]", index + 1);
                    }
                }
            }
        }
        path
    }
}

fn write_index(text: &mut String, index: usize) {
    let _ = write!(text, "{index}");
}

fn push_name<'a>(path: &mut String, list: &str, name: &'a str) -> &'a str {
    let in_attributes = matches!(list, "sensorReport" | "sensorMetadata");
    let in_party = matches!(
        list,
        "bizTransactionList" | "sourceList" | "destinationList"
    );
    if in_attributes || (in_party && name == "type") {
        path.push_str("/@");
        path.push_str(name);
        return "";
    }
    if in_party {
        return "";
    }
    path.push('/');
    path.push_str(name);
    name
}

fn push_item(path: &mut String, list: &str) {
    let item = match list {
        "correctiveEventIDs" => "correctiveEventID",
        name => Field::named(name).map_or("", Field::item),
    };
    if !item.is_empty() {
        path.push('/');
        path.push_str(item);
    }
}
