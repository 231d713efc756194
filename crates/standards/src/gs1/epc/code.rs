//! An Electronic Product Code: elements, and the length of the company prefix in them.

use super::scheme::Tail;
use super::{EpcError, PrefixLength, Scheme};
use crate::gs1::dictionary::Ai;
use crate::gs1::digital_link::{CANONICAL_STEM, DigitalLink, DigitalLinkError};
use crate::gs1::element_string::{Element, ElementString};

/// Whether a code names one thing or all things of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// One thing: `urn:epc:id:`.
    Instance,
    /// A kind of things: `urn:epc:class:` or `urn:epc:idpat:`.
    Class,
}

/// A code of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epc {
    pub(super) scheme: Scheme,
    pub(super) level: Level,
    pub(super) prefix_length: PrefixLength,
    pub(super) elements: ElementString<'static>,
}

impl Epc {
    /// The finest code that these elements name: that of a pack before that of its lot before that of its product. Elements that name
    /// nothing are left out.
    ///
    /// # Errors
    /// [`EpcError`] when no scheme fits, or the company prefix does not fit into the key.
    pub fn new(
        elements: &ElementString<'_>,
        prefix_length: PrefixLength,
    ) -> Result<Self, EpcError> {
        let (scheme, level) = choose(elements).ok_or(EpcError::NoScheme)?;
        let layout = scheme.layout();
        let mut kept: Vec<Element<'static>> = Vec::new();
        let second = match (layout.tail, level) {
            (Tail::Element(ai) | Tail::Pieces(ai), Level::Instance) => Some(ai),
            (Tail::Element(ai), Level::Class) if scheme == Scheme::Lgtin => Some(ai),
            (Tail::Extension(ai), _) => Some(ai),
            _ => None,
        };
        for digits in [Some(layout.ai), second].into_iter().flatten() {
            let ai = Ai::of(digits);
            let value = elements.value(ai);
            kept.extend(
                value
                    .map(|value| Element::new(ai, value.to_owned()))
                    .transpose()?,
            );
        }
        if kept
            .iter()
            .any(|element| element.ai() == Ai::of("254") && element.value() == "0")
        {
            return Err(EpcError::ReservedExtension);
        }
        let epc = Self {
            scheme,
            level,
            prefix_length,
            elements: ElementString::new(kept)?,
        };
        super::print::parts(&epc)?;
        Ok(epc)
    }

    /// The scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it names one thing or a kind of things.
    pub fn level(&self) -> Level {
        self.level
    }

    /// How many digits the company prefix has.
    pub fn prefix_length(&self) -> PrefixLength {
        self.prefix_length
    }

    /// The key, and the element beside it where there is one.
    pub fn elements(&self) -> &ElementString<'static> {
        &self.elements
    }

    /// The canonical web address.
    ///
    /// # Errors
    /// [`DigitalLinkError`] when the elements make no address; that of every scheme do.
    pub fn to_digital_link(&self) -> Result<DigitalLink, DigitalLinkError> {
        DigitalLink::new(CANONICAL_STEM, &self.elements)
    }
}

fn choose(elements: &ElementString<'_>) -> Option<(Scheme, Level)> {
    let has = |digits: &str| elements.value(Ai::of(digits)).is_some();
    let mut schemes = Scheme::ALL
        .into_iter()
        .filter(|scheme| has(scheme.layout().ai));
    let instance = schemes.clone().find(|scheme| {
        let layout = scheme.layout();
        match layout.tail {
            Tail::None | Tail::Extension(_) => true,
            Tail::Element(ai) | Tail::Pieces(ai) => has(ai),
            Tail::Inside => elements.elements().iter().any(|element| {
                element.ai().as_str() == layout.ai
                    && element.value().len() > element.entry().minimum()
            }),
        }
    });
    match instance {
        Some(Scheme::Lgtin) => Some((Scheme::Lgtin, Level::Class)),
        Some(scheme) => Some((scheme, Level::Instance)),
        None => Some((schemes.find(|scheme| scheme.has_classes())?, Level::Class)),
    }
}
