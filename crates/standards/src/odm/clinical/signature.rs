//! Who signed something.

use super::audit::{filled, reference};
use crate::odm::{place::Place, xml::Element};

/// An electronic signature. What is absent or empty in the file is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Its id, by which typed items of ODM 1.3 name it.
    pub id: Option<String>,
    /// The user, by OID.
    pub user: Option<String>,
    /// The location, by OID.
    pub location: Option<String>,
    /// What signing means, by the OID of its definition.
    pub definition: Option<String>,
    /// When, as it stands in the file.
    pub at: Option<String>,
    /// What binds the signature to the data; ODM 1.3 alone has it.
    pub binding: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Signature {
    /// Reads a `Signature`.
    pub fn of(element: &Element) -> Self {
        Self {
            id: element.attribute("ID").map(str::to_owned),
            user: reference(element, "UserRef", "UserOID"),
            location: reference(element, "LocationRef", "LocationOID"),
            definition: reference(element, "SignatureRef", "SignatureOID"),
            at: filled(element, "DateTimeStamp"),
            binding: filled(element, "CryptoBindingManifest"),
            place: element.place,
        }
    }
}
