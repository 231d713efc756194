//! Start tags: attributes, declarations and names with their namespaces.

use super::{
    XmlElement, XmlError, XmlErrorKind as Kind,
    name::is_allowed,
    scan::{Piece, Scanner},
};
use crate::epcis::{excerpt::Excerpt, model::Name};
use quick_xml::{XmlVersion, events::BytesStart};
use std::{io::BufRead, sync::Arc};

const MAX_ATTRIBUTES: usize = 256;
const MAX_NAMESPACES: usize = 256;

impl<R: BufRead> Scanner<R> {
    pub(super) fn start(&mut self, start: &BytesStart<'_>, line: u64) -> Result<Piece, XmlError> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(self.error(Kind::TooDeep(self.limits.depth)));
        }
        let mut plain = Vec::new();
        let mut declarations = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute
                .map_err(|error| self.error(Kind::Syntax(Excerpt::new(&error.to_string()))))?;
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|error| self.error(Kind::Entity(Excerpt::new(&error.to_string()))))?;
            let name = std::str::from_utf8(attribute.key.as_ref())
                .map_err(|_| self.error(Kind::Character))?;
            if !value.chars().all(is_allowed) {
                return Err(self.error(Kind::Character));
            }
            match name.strip_prefix("xmlns") {
                Some("") => declarations.push((String::new(), value.into_owned())),
                Some(prefix) if prefix.starts_with(':') => {
                    declarations.push((prefix[1..].to_owned(), value.into_owned()));
                }
                _ => plain.push((name.to_owned(), value.into_owned())),
            }
            self.spend(plain.len() + declarations.len())?;
        }
        self.declare(&declarations)?;
        let name = std::str::from_utf8(start.name().into_inner())
            .map_err(|_| self.error(Kind::Character))?;
        let name = self.resolve(name, true)?;
        let attributes = self.attributes(plain)?;
        Ok(Piece::Start(XmlElement {
            attributes,
            declarations,
            line,
            ..XmlElement::new(name)
        }))
    }

    pub(super) fn spend(&mut self, attributes: usize) -> Result<(), XmlError> {
        self.nodes += 1;
        if attributes > MAX_ATTRIBUTES {
            return Err(self.error(Kind::TooMany(MAX_ATTRIBUTES)));
        }
        if self.nodes > self.limits.nodes {
            return Err(self.error(Kind::TooMany(self.limits.nodes)));
        }
        Ok(())
    }

    fn declare(&mut self, declarations: &[(String, String)]) -> Result<(), XmlError> {
        if self.scopes.len() + declarations.len() > MAX_NAMESPACES {
            return Err(self.error(Kind::TooManyNamespaces(MAX_NAMESPACES)));
        }
        for (prefix, namespace) in declarations {
            self.scopes.push((
                self.depth,
                Arc::from(prefix.as_str()),
                Arc::from(namespace.as_str()),
            ));
        }
        Ok(())
    }

    fn attributes(&self, plain: Vec<(String, String)>) -> Result<Vec<(Name, String)>, XmlError> {
        let mut attributes: Vec<(Name, String)> = Vec::with_capacity(plain.len());
        for (name, value) in plain {
            let name = self.resolve(&name, false)?;
            let same = |(other, _): &&(Name, String)| {
                other.local == name.local && other.namespace == name.namespace
            };
            if attributes.iter().any(|attribute| same(&attribute)) {
                let name = Excerpt::new(&name.written());
                return Err(self.error(Kind::DuplicateAttribute(name)));
            }
            attributes.push((name, value));
        }
        Ok(attributes)
    }

    /// A name with its namespace. The default namespace holds for elements alone.
    fn resolve(&self, name: &str, is_element: bool) -> Result<Name, XmlError> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if !super::name::is_local_name(local) {
            return Err(self.error(Kind::Syntax(Excerpt::new(name))));
        }
        if prefix.is_empty() && !is_element {
            return Ok(Name::bare(local));
        }
        let found = self
            .scopes
            .iter()
            .rev()
            .find(|(_, declared, _)| &**declared == prefix);
        match found {
            Some((_, prefix, namespace)) if !namespace.is_empty() => Ok(Name {
                prefix: Some(prefix.clone()),
                namespace: Some(namespace.clone()),
                local: local.to_owned(),
            }),
            _ if prefix.is_empty() => Ok(Name::bare(local)),
            _ => Err(self.error(Kind::UndeclaredPrefix(Excerpt::new(prefix)))),
        }
    }
}
