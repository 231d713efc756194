//! The data types of items.

use super::lexical::Lexical;

/// The data type of an item, as its definition names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataType {
    /// Whole numbers.
    Integer,
    /// Decimal numbers.
    Decimal,
    /// Decimal numbers; the older name.
    Float,
    /// Numbers with an exponent.
    Double,
    /// Any text.
    Text,
    /// Any text of limited length.
    String,
    /// An address.
    Uri,
    /// True or false.
    Boolean,
    /// A date.
    Date,
    /// A time.
    Time,
    /// A date and time.
    Datetime,
    /// A date known down to some unit.
    PartialDate,
    /// A time known down to some unit.
    PartialTime,
    /// A date and time known down to some unit.
    PartialDatetime,
    /// A length of time.
    DurationDatetime,
    /// From one moment to another.
    IntervalDatetime,
    /// A date with unknown parts.
    IncompleteDate,
    /// A time with unknown parts.
    IncompleteTime,
    /// A date and time with unknown parts.
    IncompleteDatetime,
    /// Bytes in hexadecimal digits.
    HexBinary,
    /// Bytes in base 64.
    Base64Binary,
    /// A floating point number as bytes in hexadecimal digits.
    HexFloat,
    /// A floating point number as bytes in base 64.
    Base64Float,
}

const NAMES: [(&str, DataType); 23] = [
    ("integer", DataType::Integer),
    ("decimal", DataType::Decimal),
    ("float", DataType::Float),
    ("double", DataType::Double),
    ("text", DataType::Text),
    ("string", DataType::String),
    ("URI", DataType::Uri),
    ("boolean", DataType::Boolean),
    ("date", DataType::Date),
    ("time", DataType::Time),
    ("datetime", DataType::Datetime),
    ("partialDate", DataType::PartialDate),
    ("partialTime", DataType::PartialTime),
    ("partialDatetime", DataType::PartialDatetime),
    ("durationDatetime", DataType::DurationDatetime),
    ("intervalDatetime", DataType::IntervalDatetime),
    ("incompleteDate", DataType::IncompleteDate),
    ("incompleteTime", DataType::IncompleteTime),
    ("incompleteDatetime", DataType::IncompleteDatetime),
    ("hexBinary", DataType::HexBinary),
    ("base64Binary", DataType::Base64Binary),
    ("hexFloat", DataType::HexFloat),
    ("base64Float", DataType::Base64Float),
];

impl DataType {
    /// The type of this name.
    pub fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, data_type)| *data_type)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(_, known)| *known == self);
        found.expect("each type has a row").0
    }

    /// The type of a typed item of ODM 1.3, such as `ItemDataInteger`, by its element.
    pub fn of_element(element: &str) -> Option<Self> {
        let name = element.strip_prefix("ItemData")?;
        let found = NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, data_type)| *data_type)
    }

    /// Whether `value` is one of this type.
    pub fn accepts(self, value: &str) -> bool {
        let lexical = match self {
            Self::Text | Self::String | Self::Uri => return true,
            Self::Integer => Lexical::Integer,
            Self::Decimal | Self::Float => Lexical::Decimal,
            Self::Double => Lexical::Double,
            Self::Boolean => Lexical::Boolean,
            Self::Date => Lexical::Date,
            Self::Time => Lexical::Time,
            Self::Datetime => Lexical::Datetime,
            Self::PartialDate => Lexical::PartialDate,
            Self::PartialTime => Lexical::PartialTime,
            Self::PartialDatetime => Lexical::PartialDatetime,
            Self::DurationDatetime => Lexical::Duration,
            Self::IntervalDatetime => Lexical::Interval,
            Self::IncompleteDate => Lexical::IncompleteDate,
            Self::IncompleteTime => Lexical::IncompleteTime,
            Self::IncompleteDatetime => Lexical::IncompleteDatetime,
            Self::HexBinary => Lexical::HexBinary(usize::MAX),
            Self::Base64Binary => Lexical::Base64Binary(usize::MAX),
            Self::HexFloat => Lexical::HexBinary(16),
            Self::Base64Float => Lexical::Base64Binary(12),
        };
        lexical.accepts(value)
    }
}
