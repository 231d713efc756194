//! Elements as an edition has them.

use theriac_standards::{
    epcis::time::Instant,
    odm::xml::{Element, Name},
};

use super::Edition;

/// Prefix of the code list of flags' types, and of the lists of their values.
pub(super) const FLAG_TYPES: &str = "CL.FLAG";

/// Builds elements of one edition.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape(pub(super) Edition);

impl Shape {
    pub(super) fn is_two(self) -> bool {
        self.0 == Edition::Two
    }

    pub(super) fn element(self, name: &str) -> Element {
        let namespace = match self.0 {
            Edition::One => "http://www.cdisc.org/ns/odm/v1.3",
            Edition::Two => "http://www.cdisc.org/ns/odm/v2.0",
        };
        Element::new(Name::new("", namespace, name))
    }

    /// An element with text.
    pub(super) fn text(self, name: &str, text: &str) -> Element {
        self.element(name).with_text(text)
    }

    /// An element that refers to an OID.
    pub(super) fn reference(self, name: &str, attribute: &str, oid: &str) -> Element {
        self.element(name).with(attribute, Some(oid))
    }

    /// The group of a form's items: in ODM 2.0 the form itself.
    pub(super) fn group(self, form: &str) -> String {
        match self.0 {
            Edition::One => format!("IG.{form}"),
            Edition::Two => form.to_owned(),
        }
    }

    /// A text of ODM 2.0, in a language that is not told.
    pub(super) fn translated(self, name: &str, text: &str) -> Element {
        let text = self.text("TranslatedText", text);
        with(self.element(name), [text.with("Type", Some("text/plain"))])
    }

    /// An annotation of one flag, and a comment where there is one.
    pub(super) fn annotation(
        self,
        number: u32,
        (kind, value): (&str, &str),
        comment: &str,
    ) -> Element {
        let comment = (!comment.is_empty()).then(|| match self.0 {
            Edition::One => self.text("Comment", comment),
            Edition::Two => self.translated("Comment", comment),
        });
        let flag = |name: &str, text: &str, list: &str| {
            self.text(name, text).with("CodeListOID", Some(list))
        };
        let list = format!("{FLAG_TYPES}.{kind}");
        let flag = with(
            self.element("Flag"),
            [
                flag("FlagValue", value, &list),
                flag("FlagType", kind, FLAG_TYPES),
            ],
        );
        let annotation = self
            .element("Annotation")
            .with("SeqNum", Some(number.to_string()));
        with(annotation, comment.into_iter().chain([flag]))
    }
}

/// An element with these children.
pub(super) fn with(mut element: Element, children: impl IntoIterator<Item = Element>) -> Element {
    children.into_iter().for_each(|child| element.push(child));
    element
}

/// `2026-01-01T08:00:00.000Z`.
pub(super) fn time(time_ms: u64) -> String {
    let millis = i64::try_from(time_ms).unwrap_or(MOST_MS);
    Instant::from_millis(millis.min(MOST_MS)).to_text()
}

/// The end of the year 9999.
const MOST_MS: i64 = 253_402_300_799_999;
