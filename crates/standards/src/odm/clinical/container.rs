//! What items stand in: study, subject, event, form, group.

use super::TransactionType;
use crate::odm::{
    place::Place,
    xml::{Attribute, Element, Space},
};

/// A level of clinical data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The data of a study.
    Clinical,
    /// The reference data of a study.
    Reference,
    /// A subject.
    Subject,
    /// A visit or another event.
    Event,
    /// A form; ODM 2.0 has groups in its place.
    Form,
    /// A group of items, perhaps inside another.
    Group,
}

impl Level {
    /// The level of an element.
    pub fn of(element: &str) -> Option<Self> {
        Some(match element {
            "ClinicalData" => Self::Clinical,
            "ReferenceData" => Self::Reference,
            "SubjectData" => Self::Subject,
            "StudyEventData" => Self::Event,
            "FormData" => Self::Form,
            "ItemGroupData" => Self::Group,
            _ => return None,
        })
    }

    /// The attributes that hold its key and its repeat key.
    pub(crate) fn keys(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Clinical | Self::Reference => ("StudyOID", None),
            Self::Subject => ("SubjectKey", None),
            Self::Event => ("StudyEventOID", Some("StudyEventRepeatKey")),
            Self::Form => ("FormOID", Some("FormRepeatKey")),
            Self::Group => ("ItemGroupOID", Some("ItemGroupRepeatKey")),
        }
    }
}

/// An element that items stand in, without what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its level.
    pub level: Level,
    /// The OID of its definition; for a subject its key, for data that of the study. Empty where it is absent.
    pub key: String,
    /// Which repetition it is.
    pub repeat_key: Option<String>,
    /// The version of the metadata; of a study's data alone.
    pub version: Option<String>,
    /// What becomes of it.
    pub transaction: Option<TransactionType>,
    /// Attributes of vendors.
    pub others: Vec<Attribute>,
    /// Where it begins.
    pub place: Place,
}

impl Container {
    /// Reads a start tag.
    pub fn of(level: Level, element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name).map(str::to_owned);
        let (key, repeat_key) = level.keys();
        let others = element.attributes.iter();
        let others = others.filter(|attribute| attribute.name.space != Space::Bare);
        Self {
            level,
            key: attribute(key).unwrap_or_default(),
            repeat_key: repeat_key.and_then(attribute),
            version: attribute("MetaDataVersionOID"),
            transaction: element
                .attribute("TransactionType")
                .and_then(TransactionType::named),
            others: others.cloned().collect(),
            place: element.place,
        }
    }
}
