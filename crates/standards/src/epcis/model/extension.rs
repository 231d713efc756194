//! What users add: named values, nested to a bounded depth.

use crate::epcis::number::Number;
use std::{fmt, sync::Arc};

/// The name of an extension: `prefix:local`, with the namespace that the prefix stood for where the document said so.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The prefix as written; `None` for a bare word or a full URI.
    pub prefix: Option<Arc<str>>,
    /// What the prefix stands for; `None` where the document did not define it.
    pub namespace: Option<Arc<str>>,
    /// The rest of the name.
    pub local: String,
}

impl Name {
    /// A name without prefix.
    pub fn bare(local: &str) -> Self {
        Self {
            prefix: None,
            namespace: None,
            local: local.to_owned(),
        }
    }

    /// Splits `text` at its first colon where what stands before it is a prefix, defined or not.
    pub fn read(text: &str, prefixes: &Prefixes) -> Self {
        match text.split_once(':') {
            Some((prefix, local)) if !local.starts_with("//") && !prefix.is_empty() => {
                let (prefix, namespace) = prefixes.intern(prefix);
                Self {
                    prefix: Some(prefix),
                    namespace,
                    local: local.to_owned(),
                }
            }
            _ => Self::bare(text),
        }
    }

    /// The name as JSON-LD writes it.
    pub fn written(&self) -> String {
        match &self.prefix {
            Some(prefix) if !prefix.is_empty() => format!("{prefix}:{}", self.local),
            _ => self.local.clone(),
        }
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(formatter, "{{{namespace}}}{}", self.local),
            None => formatter.write_str(&self.written()),
        }
    }
}

/// A named value outside the standard.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Value,
}

/// What an extension holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `null` of JSON.
    Null,
    /// `true` or `false` of JSON.
    Bool(bool),
    /// A number of JSON.
    Number(Number),
    /// A text, or an XML element with text alone.
    Text(String),
    /// Values in order: an array of JSON, or the elements of one name in XML.
    List(Vec<Value>),
    /// Named values: an object of JSON, or an XML element with attributes or children.
    Element(Element),
}

/// The inside of a structured extension.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Attributes, of XML alone.
    pub attributes: Vec<(Name, String)>,
    /// Text beside attributes, of XML alone.
    pub text: Option<String>,
    /// Members or child elements in order.
    pub fields: Vec<Extension>,
}

/// What the prefixes of a document stand for. The latest definition of a prefix wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefixes {
    defined: Vec<(Arc<str>, Arc<str>)>,
    /// Whether a context was named that is not among those known here, and may define any prefix.
    pub open: bool,
    /// Whether values too are written with these prefixes: so in JSON-LD, not in XML.
    pub in_values: bool,
}

impl Prefixes {
    /// The prefixes of the EPCIS context.
    pub fn standard() -> Self {
        let defined = crate::epcis::vocabulary::STANDARD_PREFIXES
            .iter()
            .map(|(prefix, namespace)| (Arc::from(*prefix), Arc::from(*namespace)))
            .collect();
        Self {
            defined,
            open: false,
            in_values: true,
        }
    }

    /// Adds a definition, over any earlier one of the same prefix.
    pub fn define(&mut self, prefix: &str, namespace: &str) {
        self.defined.push((Arc::from(prefix), Arc::from(namespace)));
    }

    /// What `prefix` stands for.
    pub fn namespace(&self, prefix: &str) -> Option<&Arc<str>> {
        let found = self
            .defined
            .iter()
            .rev()
            .find(|(name, _)| &**name == prefix);
        found.map(|(_, namespace)| namespace)
    }

    /// The prefix that stands for `namespace`, where one does.
    pub fn prefix(&self, namespace: &str) -> Option<&Arc<str>> {
        let found = self
            .defined
            .iter()
            .rev()
            .find(|(_, defined)| &**defined == namespace);
        found.map(|(prefix, _)| prefix)
    }

    /// The definitions in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.defined
            .iter()
            .map(|(prefix, namespace)| (&**prefix, &**namespace))
    }

    /// `text` with its prefix replaced where values are written with prefixes and this one is defined.
    pub fn expand(&self, text: &str) -> Option<String> {
        let (prefix, local) = text.split_once(':')?;
        let namespace = self.namespace(prefix).filter(|_| self.in_values)?;
        Some(format!("{namespace}{local}"))
    }

    fn intern(&self, prefix: &str) -> (Arc<str>, Option<Arc<str>>) {
        let found = self
            .defined
            .iter()
            .rev()
            .find(|(name, _)| &**name == prefix);
        match found {
            Some((name, namespace)) => (name.clone(), Some(namespace.clone())),
            None => (Arc::from(prefix), None),
        }
    }
}
