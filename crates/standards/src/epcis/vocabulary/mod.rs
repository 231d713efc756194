//! The Core Business Vocabulary: its words, and the forms in which they are written.
//!
//! A word such as `receiving` is written bare in JSON-LD, as a URN in XML 1.2 and by habit in 2.0, and as a web URI or its compact
//! form in both. All forms mean the same.

mod spelling;
mod words;

use std::borrow::Cow;
use words::{
    ALERTS, BIZ_STEPS, BIZ_TRANSACTIONS, COMPONENTS, DISPOSITIONS, ERROR_REASONS, MEASUREMENTS,
    PARTIES,
};

pub use spelling::{from_any, to_bare, to_urn, to_web_uri};

/// The prefixes of the EPCIS 2.0 context.
pub const STANDARD_PREFIXES: &[(&str, &str)] = &[
    ("epcis", "https://ref.gs1.org/epcis/"),
    ("cbv", "https://ref.gs1.org/cbv/"),
    ("cbvmda", "urn:epcglobal:cbv:mda:"),
    ("gs1", "https://gs1.org/voc/"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("dcterms", "http://purl.org/dc/terms/"),
];

const CBV: &str = "https://ref.gs1.org/cbv/";
const VOC: &str = "https://gs1.org/voc/";

/// A part of the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What step of business an event was.
    BizStep,
    /// In what condition things are after it.
    Disposition,
    /// Types of business documents.
    BizTransaction,
    /// Types of sources and destinations.
    Party,
    /// Why an event was declared wrong.
    ErrorReason,
    /// What a sensor measures.
    Measurement,
    /// Alarms and errors of sensors.
    Alert,
    /// Components of vectors.
    Component,
}

/// What a text is to a part of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A word of the standard.
    Standard(&'static str),
    /// Written as a word of the standard, which has no such word.
    Unknown,
    /// A URI of another vocabulary.
    Other,
    /// Neither a word of the standard nor a URI.
    Invalid,
}

impl Kind {
    /// Its words.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::BizStep => BIZ_STEPS,
            Self::Disposition => DISPOSITIONS,
            Self::BizTransaction => BIZ_TRANSACTIONS,
            Self::Party => PARTIES,
            Self::ErrorReason => ERROR_REASONS,
            Self::Measurement => MEASUREMENTS,
            Self::Alert => ALERTS,
            Self::Component => COMPONENTS,
        }
    }

    /// What stands before a word in a URN; sensor vocabularies have no URNs.
    pub fn urn(self) -> Option<&'static str> {
        match self {
            Self::BizStep => Some("urn:epcglobal:cbv:bizstep:"),
            Self::Disposition => Some("urn:epcglobal:cbv:disp:"),
            Self::BizTransaction => Some("urn:epcglobal:cbv:btt:"),
            Self::Party => Some("urn:epcglobal:cbv:sdt:"),
            Self::ErrorReason => Some("urn:epcglobal:cbv:er:"),
            Self::Measurement | Self::Alert | Self::Component => None,
        }
    }

    /// What stands before a word in a web URI: the namespace, then the word's own prefix.
    pub fn web(self) -> (&'static str, &'static str) {
        match self {
            Self::BizStep => (CBV, "BizStep-"),
            Self::Disposition => (CBV, "Disp-"),
            Self::BizTransaction => (CBV, "BTT-"),
            Self::Party => (CBV, "SDT-"),
            Self::ErrorReason => (CBV, "ER-"),
            Self::Component => (CBV, "Comp-"),
            Self::Measurement | Self::Alert => (VOC, ""),
        }
    }

    /// The compact form of a web URI: `cbv:BizStep-` or `gs1:`.
    pub fn compact(self) -> (&'static str, &'static str) {
        let (namespace, word) = self.web();
        (if namespace == CBV { "cbv:" } else { "gs1:" }, word)
    }

    /// What `text` is.
    pub fn classify(self, text: &str) -> Term {
        if let Some(word) = self.known(text) {
            return Term::Standard(word);
        }
        let claimed = self.claimed(text);
        match claimed {
            Some(word) => self.known(word).map_or(Term::Unknown, Term::Standard),
            None if text.starts_with("urn:epcglobal:cbv") => Term::Unknown,
            None if super::uri::is_uri(text) => Term::Other,
            None => Term::Invalid,
        }
    }

    /// `text` as a web URI where it is a word of the standard in any form. What follows a prefix of the standard need not be known.
    pub fn to_web<'a>(self, text: &'a str) -> Cow<'a, str> {
        let (namespace, prefix) = self.web();
        let (compact, _) = self.compact();
        if let Some(rest) = text.strip_prefix(compact) {
            return Cow::Owned(format!("{namespace}{rest}"));
        }
        let urn = self.urn().and_then(|urn| text.strip_prefix(urn));
        match urn.or_else(|| self.known(text)) {
            Some(word) => Cow::Owned(format!("{namespace}{prefix}{word}")),
            None => Cow::Borrowed(text),
        }
    }

    /// `text` as a bare word where it is a word of the standard.
    pub fn to_bare<'a>(self, text: &'a str) -> Cow<'a, str> {
        match self.classify(text) {
            Term::Standard(word) => Cow::Borrowed(word),
            Term::Unknown | Term::Other | Term::Invalid => Cow::Borrowed(text),
        }
    }

    /// `text` as XML 1.2 writes it: a URN, or the compact form where there are no URNs.
    pub fn to_urn<'a>(self, text: &'a str) -> Cow<'a, str> {
        let Term::Standard(word) = self.classify(text) else {
            return Cow::Borrowed(text);
        };
        let (namespace, prefix) = self.compact();
        match self.urn() {
            Some(urn) => Cow::Owned(format!("{urn}{word}")),
            None => Cow::Owned(format!("{namespace}{prefix}{word}")),
        }
    }

    fn known(self, word: &str) -> Option<&'static str> {
        self.words()
            .binary_search(&word)
            .ok()
            .map(|at| self.words()[at])
    }

    /// The word that follows a prefix of the standard, known or not.
    fn claimed(self, text: &str) -> Option<&str> {
        if let Some(word) = self.urn().and_then(|urn| text.strip_prefix(urn)) {
            return Some(word);
        }
        let (namespace, prefix) = self.web();
        let (compact, _) = self.compact();
        let rest = text
            .strip_prefix(namespace)
            .or_else(|| text.strip_prefix(compact));
        rest.map(|rest| rest.strip_prefix(prefix).unwrap_or(rest))
    }
}

/// A URN of the vocabulary as a web URI, of whatever part; the word need not be known.
pub fn urn_to_web(text: &str) -> Option<String> {
    let (kind, _) = from_any(text).filter(|_| text.starts_with("urn:"))?;
    Some(to_web_uri(kind, text))
}
