//! Definitions of events, forms and groups, and what each is made of.

use super::study::translated;
use crate::odm::xml::Element;

/// That one definition is made of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The OID of the other.
    pub oid: String,
    /// Whether it must be there.
    pub is_mandatory: bool,
    /// Its place in the order, where it says one.
    pub order: Option<String>,
}

/// A visit or another event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDef {
    /// Its OID.
    pub oid: String,
    /// Its name.
    pub name: String,
    /// Whether it may be there several times.
    pub is_repeating: bool,
    /// `Scheduled`, `Unscheduled` or `Common`.
    pub kind: Option<String>,
    /// Its forms; of ODM 1.3.
    pub forms: Vec<Reference>,
    /// Its groups; of ODM 2.0.
    pub groups: Vec<Reference>,
}

/// A form of ODM 1.3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormDef {
    /// Its OID.
    pub oid: String,
    /// Its name.
    pub name: String,
    /// Whether it may be there several times.
    pub is_repeating: bool,
    /// Its groups.
    pub groups: Vec<Reference>,
}

/// A group of items; in ODM 2.0 also a form, a section or a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDef {
    /// Its OID.
    pub oid: String,
    /// Its name.
    pub name: String,
    /// Whether it may be there several times.
    pub is_repeating: bool,
    /// `Form`, `Section`, `Dataset` or `Concept`; of ODM 2.0.
    pub kind: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Its items.
    pub items: Vec<Reference>,
    /// The groups in it; of ODM 2.0.
    pub groups: Vec<Reference>,
}

impl EventDef {
    pub(super) fn of(element: &Element) -> Self {
        Self {
            oid: text(element, "OID"),
            name: text(element, "Name"),
            is_repeating: is_repeating(element),
            kind: element.attribute("Type").map(str::to_owned),
            forms: references(element, "FormRef", "FormOID"),
            groups: references(element, "ItemGroupRef", "ItemGroupOID"),
        }
    }
}

impl FormDef {
    pub(super) fn of(element: &Element) -> Self {
        Self {
            oid: text(element, "OID"),
            name: text(element, "Name"),
            is_repeating: is_repeating(element),
            groups: references(element, "ItemGroupRef", "ItemGroupOID"),
        }
    }
}

impl GroupDef {
    pub(super) fn of(element: &Element) -> Self {
        Self {
            oid: text(element, "OID"),
            name: text(element, "Name"),
            is_repeating: is_repeating(element),
            kind: element.attribute("Type").map(str::to_owned),
            description: element.child("Description").and_then(translated),
            items: references(element, "ItemRef", "ItemOID"),
            groups: references(element, "ItemGroupRef", "ItemGroupOID"),
        }
    }
}

fn text(element: &Element, attribute: &str) -> String {
    element.attribute(attribute).unwrap_or_default().to_owned()
}

/// ODM 1.3 says `Yes`; ODM 2.0 says of groups how they repeat.
fn is_repeating(element: &Element) -> bool {
    element
        .attribute("Repeating")
        .is_some_and(|repeating| repeating != "No")
}

fn references(element: &Element, child: &str, attribute: &str) -> Vec<Reference> {
    let children = element.children(child);
    let references = children.map(|child| Reference {
        oid: text(child, attribute),
        is_mandatory: child.attribute("Mandatory") == Some("Yes"),
        order: child.attribute("OrderNumber").map(str::to_owned),
    });
    references.collect()
}
