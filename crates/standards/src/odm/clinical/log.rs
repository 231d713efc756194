//! The audit log of OpenClinica, which its exports carry beside ODM's audit records.

use crate::odm::{
    place::Place,
    xml::{Element, Space},
};

/// One row of the log. What is absent in the file is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLog {
    /// Its id.
    pub id: Option<String>,
    /// The user, by OID.
    pub user: Option<String>,
    /// When, as it stands in the file.
    pub at: Option<String>,
    /// What was done.
    pub kind: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What stood there before.
    pub old: Option<String>,
    /// What stands there since.
    pub new: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl AuditLog {
    /// Reads an `AuditLog`; `None` for anything else.
    pub fn of(element: &Element) -> Option<Self> {
        let is_log = element.name.space == Space::Foreign && &*element.name.local == "AuditLog";
        let attribute = |name: &str| element.attribute(name).map(str::to_owned);
        is_log.then(|| Self {
            id: attribute("ID"),
            user: attribute("UserID"),
            at: attribute("DateTimeStamp"),
            kind: attribute("AuditType"),
            reason: attribute("ReasonForChange"),
            old: attribute("OldValue"),
            new: attribute("NewValue"),
            place: element.place,
        })
    }
}
