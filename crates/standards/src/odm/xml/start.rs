//! Start tags: attributes, declarations and names with their namespaces.

use super::{
    decode,
    element::{Attribute, Element},
    scan::Scanner,
};
use crate::{
    epcis::Excerpt,
    odm::{error::OdmErrorKind as Kind, place::Place},
};
use quick_xml::events::BytesStart;
use std::{borrow::Cow, io::BufRead};

impl<R: BufRead> Scanner<R> {
    pub(super) fn start(&mut self, start: &BytesStart<'_>, place: Place) -> Result<Element, Kind> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(Kind::TooDeep(self.limits.depth));
        }
        let encoding = self.encoding;
        let mut plain = Vec::new();
        let mut declarations = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute =
                attribute.map_err(|error| Kind::Syntax(Excerpt::new(&error.to_string())))?;
            let name = encoding.decode(attribute.key.into_inner())?;
            let value = decode::attribute(&encoding.decode(&attribute.value)?)?;
            match name.strip_prefix("xmlns") {
                Some("") => declarations.push((String::new(), value)),
                Some(prefix) if prefix.starts_with(':') => {
                    declarations.push((prefix[1..].to_owned(), value));
                }
                _ => plain.push((name, value)),
            }
            if plain.len() + declarations.len() > self.limits.attributes {
                return Err(Kind::TooManyAttributes(self.limits.attributes));
            }
        }
        self.nodes += 1 + plain.len() + declarations.len();
        self.declare(&declarations)?;
        let name = encoding.decode(start.name().into_inner())?;
        let name = self.names.resolve(&name, true)?;
        Ok(Element {
            attributes: self.attributes(plain)?,
            declarations,
            place,
            ..Element::new(name)
        })
    }

    fn declare(&mut self, declarations: &[(String, String)]) -> Result<(), Kind> {
        for (at, (prefix, namespace)) in declarations.iter().enumerate() {
            if declarations[..at]
                .iter()
                .any(|(earlier, _)| earlier == prefix)
            {
                return Err(Kind::DuplicateAttribute(Excerpt::new(prefix)));
            }
            self.names.declare(self.depth, prefix, namespace)?;
        }
        Ok(())
    }

    fn attributes(&mut self, plain: Vec<(Cow<'_, str>, String)>) -> Result<Vec<Attribute>, Kind> {
        let mut attributes: Vec<Attribute> = Vec::with_capacity(plain.len());
        for (name, value) in plain {
            let name = self.names.resolve(&name, false)?;
            if attributes.iter().any(|other| other.name.is_same(&name)) {
                return Err(Kind::DuplicateAttribute(Excerpt::new(&name.written())));
            }
            attributes.push(Attribute { name, value });
        }
        Ok(attributes)
    }
}
