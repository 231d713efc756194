//! Names with their namespaces.

use std::sync::Arc;

pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of ODM 1.3, 1.3.1 and 1.3.2.
pub(crate) const ODM_1_3: &str = "http://www.cdisc.org/ns/odm/v1.3";
const ODM_1_2: &str = "http://www.cdisc.org/ns/odm/v1.2";
/// The namespace of ODM 2.0.
pub(crate) const ODM_2_0: &str = "http://www.cdisc.org/ns/odm/v2.0";

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// ODM, of any version.
    Odm,
    /// Define-XML, of any version.
    Define,
    /// The analysis results of Define-XML.
    Arm,
    /// XML signatures.
    Signature,
    /// Links of XLink.
    Xlink,
    /// XML itself.
    Xml,
    /// XHTML.
    Html,
    /// No namespace: attributes of ODM, and elements of ODM 1.1.
    Bare,
    /// Everyone else.
    Foreign,
}

impl Space {
    /// Whose this namespace is.
    pub fn of(namespace: &str) -> Self {
        match namespace {
            "" => Self::Bare,
            ODM_1_3 | ODM_2_0 | ODM_1_2 => Self::Odm,
            "http://www.cdisc.org/ns/def/v2.0" | "http://www.cdisc.org/ns/def/v2.1" => Self::Define,
            "http://www.cdisc.org/ns/arm/v1.0" => Self::Arm,
            "http://www.w3.org/2000/09/xmldsig#" => Self::Signature,
            "http://www.w3.org/1999/xlink" => Self::Xlink,
            XML => Self::Xml,
            "http://www.w3.org/1999/xhtml" => Self::Html,
            _ => Self::Foreign,
        }
    }

    /// The prefix under which the grammars know it.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Odm | Self::Bare => "",
            Self::Define => "def:",
            Self::Arm => "arm:",
            Self::Signature => "ds:",
            Self::Xlink => "xlink:",
            Self::Xml => "xml:",
            Self::Html => "xhtml:",
            Self::Foreign => "?:",
        }
    }
}

/// The name of an element or attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The prefix as it stands there, empty where there is none.
    pub prefix: Arc<str>,
    /// The namespace, empty where there is none.
    pub namespace: Arc<str>,
    /// The name itself.
    pub local: Arc<str>,
    /// Whose it is.
    pub space: Space,
}

impl Name {
    /// A name in a namespace, with a prefix or an empty one.
    pub fn new(prefix: &str, namespace: &str, local: &str) -> Self {
        Self {
            prefix: prefix.into(),
            namespace: namespace.into(),
            local: local.into(),
            space: Space::of(namespace),
        }
    }

    /// A name without namespace: that of an attribute of ODM.
    pub fn bare(local: &str) -> Self {
        Self::new("", "", local)
    }

    /// The name as it is written, prefix included.
    pub fn written(&self) -> String {
        match &*self.prefix {
            "" => self.local.to_string(),
            prefix => format!("{prefix}:{}", self.local),
        }
    }

    /// The local name where it belongs to ODM; elements of ODM 1.1 have no namespace.
    pub fn odm(&self) -> Option<&str> {
        matches!(self.space, Space::Odm | Space::Bare).then_some(&*self.local)
    }

    /// Whether it is this attribute of ODM.
    pub fn is_bare(&self, local: &str) -> bool {
        self.space == Space::Bare && &*self.local == local
    }

    /// Whether both have the same namespace and local name, whatever their prefixes.
    pub fn is_same(&self, other: &Self) -> bool {
        self.local == other.local && self.namespace == other.namespace
    }
}

/// Whether `text` is a name without a colon. Stricter than XML in what lies beyond ASCII: letters and digits alone.
pub(super) fn is_local_name(text: &str) -> bool {
    let begins = |letter: char| letter.is_alphabetic() || letter == '_';
    let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let mut letters = text.chars();
    letters.next().is_some_and(begins) && letters.all(goes_on)
}

/// Whether XML 1.0 can hold `letter` at all.
pub(super) fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
