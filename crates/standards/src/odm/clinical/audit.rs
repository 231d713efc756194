//! Who changed something, where, when and why.

use crate::odm::{place::Place, xml::Element};

/// Where in the handling of data a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditPoint {
    /// At monitoring.
    Monitoring,
    /// In data management.
    DataManagement,
    /// In an audit of the database.
    DbAudit,
}

impl EditPoint {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Monitoring" => Self::Monitoring,
            "DataManagement" => Self::DataManagement,
            "DBAudit" => Self::DbAudit,
            _ => return None,
        })
    }
}

/// An audit record. What is absent or empty in the file is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its id, by which typed items of ODM 1.3 name it.
    pub id: Option<String>,
    /// Where the change was made.
    pub edit_point: Option<EditPoint>,
    /// Whether an imputation, or in ODM 2.0 another method, was used.
    pub used_method: Option<bool>,
    /// The user, by OID.
    pub user: Option<String>,
    /// The location, by OID.
    pub location: Option<String>,
    /// When, as it stands in the file.
    pub at: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where the source of it is found.
    pub source: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl AuditRecord {
    /// Reads an `AuditRecord`.
    pub fn of(element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name);
        let used = attribute("UsedImputationMethod").or_else(|| attribute("UsedMethod"));
        Self {
            id: attribute("ID").map(str::to_owned),
            edit_point: attribute("EditPoint").and_then(EditPoint::named),
            used_method: used.map(|used| used == "Yes"),
            user: reference(element, "UserRef", "UserOID"),
            location: reference(element, "LocationRef", "LocationOID"),
            at: filled(element, "DateTimeStamp"),
            reason: filled(element, "ReasonForChange"),
            source: filled(element, "SourceID"),
            place: element.place,
        }
    }
}

/// The OID that a child refers to.
pub(super) fn reference(element: &Element, child: &str, attribute: &str) -> Option<String> {
    let child = element.child(child)?;
    child.attribute(attribute).map(str::to_owned)
}

/// The text of a child where there is some.
pub(super) fn filled(element: &Element, child: &str) -> Option<String> {
    let text = element.child(child)?.text();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
