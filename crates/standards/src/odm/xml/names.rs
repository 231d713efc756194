//! Names that were met before, so that each is kept once, and the namespaces in force.

use super::name::{Name, Space, XML, is_local_name};
use crate::{epcis::Excerpt, odm::error::OdmErrorKind as Kind};
use std::{collections::HashMap, sync::Arc};

const MAX_NAMES: usize = 4096;
const MAX_NAMESPACES: usize = 256;

struct Binding {
    depth: usize,
    prefix: Arc<str>,
    namespace: Arc<str>,
    space: Space,
}

/// Prefixes and local names by the spelling of the whole.
#[derive(Default)]
struct Known(HashMap<String, (Arc<str>, Arc<str>)>);

impl Known {
    fn split(&mut self, name: &str) -> Result<(Arc<str>, Arc<str>), Kind> {
        if let Some(known) = self.0.get(name) {
            return Ok(known.clone());
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let is_name = is_local_name(local) && (prefix.is_empty() || is_local_name(prefix));
        if !is_name || name.starts_with(':') {
            return Err(Kind::Name(Excerpt::new(name)));
        }
        let split: (Arc<str>, Arc<str>) = (prefix.into(), local.into());
        if self.0.len() < MAX_NAMES {
            self.0.insert(name.to_owned(), split.clone());
        }
        Ok(split)
    }
}

/// Resolves names where they stand.
pub(super) struct Names {
    known: Known,
    bindings: Vec<Binding>,
    none: Arc<str>,
}

impl Names {
    pub(super) fn new() -> Self {
        let xml = Binding {
            depth: 0,
            prefix: "xml".into(),
            namespace: XML.into(),
            space: Space::Xml,
        };
        Self {
            known: Known::default(),
            bindings: vec![xml],
            none: "".into(),
        }
    }

    /// The namespaces in force, innermost last: (prefix, namespace).
    pub(super) fn in_force(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        let bindings = self.bindings.iter();
        bindings.map(|binding| (&*binding.prefix, &*binding.namespace))
    }

    pub(super) fn declare(
        &mut self,
        depth: usize,
        prefix: &str,
        namespace: &str,
    ) -> Result<(), Kind> {
        if self.bindings.len() >= MAX_NAMESPACES {
            return Err(Kind::TooManyNamespaces(MAX_NAMESPACES));
        }
        let is_reserved = prefix == "xmlns" || (prefix == "xml") != (namespace == XML);
        let is_undeclaring = namespace.is_empty() && !prefix.is_empty();
        let is_name = prefix.is_empty() || is_local_name(prefix);
        if is_reserved || is_undeclaring || !is_name {
            return Err(Kind::Name(Excerpt::new(prefix)));
        }
        self.bindings.push(Binding {
            depth,
            prefix: prefix.into(),
            namespace: namespace.into(),
            space: Space::of(namespace),
        });
        Ok(())
    }

    pub(super) fn leave(&mut self, depth: usize) {
        while self
            .bindings
            .pop_if(|binding| depth > 0 && binding.depth == depth)
            .is_some()
        {}
    }

    /// A name with its namespace. The default namespace holds for elements alone.
    pub(super) fn resolve(&mut self, name: &str, is_element: bool) -> Result<Name, Kind> {
        let (prefix, local) = self.known.split(name)?;
        if prefix.is_empty() && !is_element {
            return Ok(self.bare(prefix, local));
        }
        let found = self
            .bindings
            .iter()
            .rev()
            .find(|binding| binding.prefix == prefix);
        match found {
            Some(binding) => Ok(Name {
                prefix,
                namespace: binding.namespace.clone(),
                local,
                space: binding.space,
            }),
            None if prefix.is_empty() => Ok(self.bare(prefix, local)),
            None => Err(Kind::UndeclaredPrefix(Excerpt::new(&prefix))),
        }
    }

    fn bare(&self, prefix: Arc<str>, local: Arc<str>) -> Name {
        Name {
            prefix,
            namespace: self.none.clone(),
            local,
            space: Space::Bare,
        }
    }
}
