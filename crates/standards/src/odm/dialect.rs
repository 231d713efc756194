//! Which standard a file is written in.

use super::xml::{Element, Name, Space};
use std::fmt;

/// A standard with rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// ODM 1.3.2 and what is read by its rules: 1.1 to 1.3.1.
    Odm1,
    /// ODM 2.0.
    Odm2,
    /// Define-XML 2.0 over ODM 1.3.2.
    Define20,
    /// Define-XML 2.1 over ODM 1.3.2.
    Define21,
}

const DEFINE_2_1: &str = "http://www.cdisc.org/ns/def/v2.1";

impl Dialect {
    /// The standard of a file with this root element; a Define-XML 2.0 tells itself only later.
    pub fn of_root(root: &Element) -> Option<Self> {
        if root.name.odm() != Some("ODM") {
            return None;
        }
        let has_context = root
            .attributes
            .iter()
            .any(|attribute| is(&attribute.name, "Context"));
        Some(match &*root.name.namespace {
            super::xml::ODM_2_0 => Self::Odm2,
            _ if has_context => Self::Define21,
            _ => Self::Odm1,
        })
    }

    /// The standard of a piece of a file whose root is another element of ODM, such as published examples are.
    pub(super) fn of_fragment(root: &Element) -> Option<Self> {
        match &*root.name.namespace {
            super::xml::ODM_2_0 => Some(Self::Odm2),
            super::xml::ODM_1_3 => Some(Self::Odm1),
            _ => None,
        }
    }

    /// The standard after a `MetaDataVersion` was met, which says whether it is that of a Define-XML.
    pub fn refined(self, version: &Element) -> Self {
        let mut attributes = version.attributes.iter();
        let found = attributes.find(|attribute| is(&attribute.name, "DefineVersion"));
        match (self, found) {
            (Self::Odm2, _) | (_, None) => self,
            (_, Some(attribute)) if &*attribute.name.namespace == DEFINE_2_1 => Self::Define21,
            (_, Some(_)) => Self::Define20,
        }
    }

    /// Whether its clinical data are those of ODM 2.0.
    pub fn is_two(self) -> bool {
        self == Self::Odm2
    }
}

fn is(name: &Name, local: &str) -> bool {
    name.space == Space::Define && &*name.local == local
}

impl fmt::Display for Dialect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Odm1 => "ODM 1.3",
            Self::Odm2 => "ODM 2.0",
            Self::Define20 => "Define-XML 2.0",
            Self::Define21 => "Define-XML 2.1",
        })
    }
}
