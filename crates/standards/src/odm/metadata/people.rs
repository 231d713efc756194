//! Who and where: what audit records and signatures refer to.

use crate::odm::{place::Place, xml::Element};

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The OID.
    pub oid: String,
    /// The type, such as `Investigator`.
    pub kind: Option<String>,
    /// The name to log in with.
    pub login: Option<String>,
    /// The full name, or those there are put together.
    pub name: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The OID.
    pub oid: String,
    /// The name.
    pub name: String,
    /// The type, such as `Site`; in ODM 2.0 the role.
    pub kind: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// What a signature means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureDef {
    /// The OID.
    pub oid: String,
    /// `Digital` or `Electronic`.
    pub method: Option<String>,
    /// Its meaning.
    pub meaning: String,
    /// Its legal reason.
    pub legal_reason: String,
    /// Where it stands.
    pub place: Place,
}

impl User {
    /// Reads a `User`.
    pub fn of(element: &Element) -> Self {
        let parts = [["FirstName", "GivenName"], ["LastName", "FamilyName"]];
        let parts = parts
            .iter()
            .filter_map(|[one, two]| filled(element, one).or_else(|| filled(element, two)));
        let parts: Vec<_> = parts.collect();
        let joined = (!parts.is_empty()).then(|| parts.join(" "));
        Self {
            oid: attribute(element, "OID"),
            kind: element.attribute("UserType").map(str::to_owned),
            login: filled(element, "LoginName").or_else(|| filled(element, "UserName")),
            name: filled(element, "FullName").or(joined),
            place: element.place,
        }
    }
}

impl Location {
    /// Reads a `Location`.
    pub fn of(element: &Element) -> Self {
        let kind = element
            .attribute("LocationType")
            .or_else(|| element.attribute("Role"));
        Self {
            oid: attribute(element, "OID"),
            name: attribute(element, "Name"),
            kind: kind.map(str::to_owned),
            place: element.place,
        }
    }
}

impl SignatureDef {
    /// Reads a `SignatureDef`.
    pub fn of(element: &Element) -> Self {
        Self {
            oid: attribute(element, "OID"),
            method: element.attribute("Methodology").map(str::to_owned),
            meaning: filled(element, "Meaning").unwrap_or_default(),
            legal_reason: filled(element, "LegalReason").unwrap_or_default(),
            place: element.place,
        }
    }
}

fn attribute(element: &Element, name: &str) -> String {
    element.attribute(name).unwrap_or_default().to_owned()
}

fn filled(element: &Element, child: &str) -> Option<String> {
    let text = element.child(child)?.text().trim().to_owned();
    (!text.is_empty()).then_some(text)
}
