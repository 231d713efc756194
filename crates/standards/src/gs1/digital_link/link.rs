//! A GS1 Digital Link, and how it is written.

use super::percent::{Part, encode};
use crate::gs1::dictionary::Ai;
use crate::gs1::element_string::{Element, ElementString};

/// The address under which every GS1 Digital Link has one spelling.
pub const CANONICAL_STEM: &str = "https://id.gs1.org";

/// A primary key with its qualifiers and data attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigitalLink {
    /// Scheme, domain and the path before the key, without a slash at the end.
    pub(super) stem: String,
    pub(super) elements: ElementString<'static>,
    /// How many of the elements stand in the path.
    pub(super) in_path: usize,
    /// Query parameters that are no elements, as they stand in the query.
    pub(super) others: Vec<String>,
}

impl DigitalLink {
    /// Scheme, domain and the path before the key.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// The key, its qualifiers, then the data attributes.
    pub fn elements(&self) -> &ElementString<'static> {
        &self.elements
    }

    /// The identifier of the primary key.
    pub fn key(&self) -> Ai {
        self.path()[0].ai()
    }

    /// The key and its qualifiers.
    pub fn path(&self) -> &[Element<'static>] {
        &self.elements.elements()[..self.in_path]
    }

    /// The data attributes.
    pub fn attributes(&self) -> &[Element<'static>] {
        &self.elements.elements()[self.in_path..]
    }

    /// The query parameters that are no elements, encoded as they were read.
    pub fn others(&self) -> &[String] {
        &self.others
    }

    /// The address under its own stem, attributes in the order in which they stand.
    pub fn to_uri(&self) -> String {
        let others = self.others.iter().map(String::as_str);
        self.write(&self.stem, self.attributes().iter(), others)
    }

    /// The address under [`CANONICAL_STEM`], attributes in the order of their identifiers, without parameters that are no elements.
    pub fn to_canonical_uri(&self) -> String {
        let mut attributes: Vec<_> = self.attributes().iter().collect();
        attributes.sort_by_key(|element| element.ai());
        self.write(CANONICAL_STEM, attributes.into_iter(), [].into_iter())
    }

    /// The canonical address of what is identified: key and qualifiers alone.
    pub fn to_identifier_uri(&self) -> String {
        self.write(CANONICAL_STEM, [].iter(), [].into_iter())
    }

    fn write<'a>(
        &'a self,
        stem: &str,
        attributes: impl Iterator<Item = &'a Element<'static>>,
        others: impl Iterator<Item = &'a str>,
    ) -> String {
        let mut uri = stem.to_owned();
        for element in self.path() {
            uri.push('/');
            uri.push_str(element.ai().as_str());
            uri.push('/');
            uri.push_str(&encode(element.value(), Part::Path));
        }
        let attributes = attributes.map(|element| {
            let value = encode(element.value(), Part::Query);
            format!("{}={value}", element.ai())
        });
        let parameters: Vec<String> = attributes.chain(others.map(str::to_owned)).collect();
        if !parameters.is_empty() {
            uri.push('?');
            uri.push_str(&parameters.join("&"));
        }
        uri
    }
}
