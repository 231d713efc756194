//! What a study is called.

use crate::odm::{place::Place, xml::Element};

/// A study, without its metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Study {
    /// Its OID.
    pub oid: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The name of its protocol.
    pub protocol: String,
    /// Where it begins.
    pub place: Place,
}

impl Study {
    /// Reads the start tag, which in ODM 2.0 says all but the description.
    pub(crate) fn of(element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        Self {
            oid: attribute("OID"),
            name: attribute("StudyName"),
            description: String::new(),
            protocol: attribute("ProtocolName"),
            place: element.place,
        }
    }

    /// Takes `GlobalVariables` of ODM 1.3, or the `Description` of ODM 2.0.
    pub(crate) fn take(&mut self, element: &Element) {
        match element.name.odm() {
            Some("GlobalVariables") => {
                self.name = text(element, "StudyName");
                self.description = text(element, "StudyDescription");
                self.protocol = text(element, "ProtocolName");
            }
            Some("Description") => self.description = translated(element).unwrap_or_default(),
            _ => {}
        }
    }
}

fn text(element: &Element, child: &str) -> String {
    let text = element.child(child).map(Element::text);
    text.unwrap_or_default().trim().to_owned()
}

/// The first translation of a text.
pub(super) fn translated(element: &Element) -> Option<String> {
    let text = element.child("TranslatedText")?.text();
    Some(text.trim().to_owned())
}
