//! A column as the header describes it.

use super::{HeaderError, Json, Number};
use std::fmt;

/// What the values of a column are, as they stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataType {
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// A decimal, as a text, so that no digit is lost.
    Decimal,
    /// A number.
    Float,
    /// A number.
    Double,
    /// `true` or `false`.
    Boolean,
    /// A date and time of ISO 8601, perhaps partial.
    DateTime,
    /// A date of ISO 8601, perhaps partial.
    Date,
    /// A time of ISO 8601, perhaps partial.
    Time,
    /// An address.
    Uri,
}

impl DataType {
    const ALL: [(Self, &'static str); 10] = [
        (Self::String, "string"),
        (Self::Integer, "integer"),
        (Self::Decimal, "decimal"),
        (Self::Float, "float"),
        (Self::Double, "double"),
        (Self::Boolean, "boolean"),
        (Self::DateTime, "datetime"),
        (Self::Date, "date"),
        (Self::Time, "time"),
        (Self::Uri, "URI"),
    ];

    /// The type of this name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, word)| *word == name).map(|(kind, _)| kind)
    }

    /// The name in the standard.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Float => "float",
            Self::Double => "double",
            Self::Boolean => "boolean",
            Self::DateTime => "datetime",
            Self::Date => "date",
            Self::Time => "time",
            Self::Uri => "URI",
        }
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What the values become where the data are analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetType {
    /// A number of days, seconds or both, for dates and times.
    Integer,
    /// A decimal number.
    Decimal,
}

/// A column. What is `None` is absent or not of the standard; the header's members have it as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The identifier of the variable in Define-XML.
    pub item_oid: String,
    /// The variable.
    pub name: String,
    /// What it is.
    pub label: String,
    /// The kind of its values.
    pub data_type: Option<DataType>,
    /// The kind that they become.
    pub target_data_type: Option<TargetType>,
    /// The most characters of a text.
    pub length: Option<u64>,
    /// How it is shown.
    pub display_format: Option<String>,
    /// Its place among the key variables, from 1.
    pub key_sequence: Option<u64>,
}

impl Column {
    /// A column with what the standard requires.
    pub fn new(item_oid: &str, name: &str, label: &str, data_type: DataType) -> Self {
        Self {
            item_oid: item_oid.to_owned(),
            name: name.to_owned(),
            label: label.to_owned(),
            data_type: Some(data_type),
            target_data_type: None,
            length: None,
            display_format: None,
            key_sequence: None,
        }
    }

    /// The column as the header has it.
    pub fn to_json(&self) -> Json {
        let mut members = vec![
            ("itemOID".to_owned(), Json::text(&self.item_oid)),
            ("name".to_owned(), Json::text(&self.name)),
            ("label".to_owned(), Json::text(&self.label)),
        ];
        let mut add = |name: &str, value| members.push((name.to_owned(), value));
        if let Some(data_type) = self.data_type {
            add("dataType", Json::text(data_type.name()));
        }
        if let Some(target) = self.target_data_type {
            let name = match target {
                TargetType::Integer => "integer",
                TargetType::Decimal => "decimal",
            };
            add("targetDataType", Json::text(name));
        }
        if let Some(length) = self.length {
            add("length", whole(length));
        }
        if let Some(format) = &self.display_format {
            add("displayFormat", Json::text(format));
        }
        if let Some(sequence) = self.key_sequence {
            add("keySequence", whole(sequence));
        }
        Json::Object(members)
    }

    pub(super) fn from_json(at: usize, value: &Json) -> Result<Self, HeaderError> {
        if !matches!(value, Json::Object(_)) {
            return Err(HeaderError::Expected {
                pointer: format!("/columns/{at}"),
                got: value.kind(),
                expected: "an object",
            });
        }
        let text = |name: &str| value.get(name).and_then(Json::as_str);
        let owned = |name| text(name).unwrap_or_default().to_owned();
        Ok(Self {
            item_oid: owned("itemOID"),
            name: owned("name"),
            label: owned("label"),
            data_type: text("dataType").and_then(DataType::parse),
            target_data_type: match text("targetDataType") {
                Some("integer") => Some(TargetType::Integer),
                Some("decimal") => Some(TargetType::Decimal),
                Some(_) | None => None,
            },
            length: value.get("length").and_then(positive),
            display_format: text("displayFormat").map(str::to_owned),
            key_sequence: value.get("keySequence").and_then(positive),
        })
    }
}

/// A whole number as JSON.
pub(super) fn whole(number: u64) -> Json {
    let number = Number::parse(&number.to_string());
    Json::Number(number.expect("digits are a number"))
}

/// The value of a whole number above 0.
fn positive(value: &Json) -> Option<u64> {
    let Json::Number(number) = value else {
        return None;
    };
    number.as_str().parse().ok().filter(|number| *number > 0)
}
