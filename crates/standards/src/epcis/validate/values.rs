//! The rules of single values, and where findings gather.

use super::{Finding, Rule, Syntax};
use crate::epcis::{
    hash::canonical_identifier,
    model::{Event, Field, Prefixes, Quantity},
    path::Path,
    time::{Instant, is_offset},
    uri::is_uri,
    vocabulary::{Kind, Term},
};
use std::collections::HashSet;

/// Findings of one event are cut off here.
const MAX_FINDINGS: usize = 100;

/// What the rules of one event share.
pub(super) struct Checks<'a> {
    pub(super) syntax: Syntax,
    pub(super) prefixes: &'a Prefixes,
    pub(super) event_time: Option<Instant>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Checks<'a> {
    pub(super) fn new(syntax: Syntax, event: &'a Event) -> Self {
        Self {
            syntax,
            prefixes: &event.prefixes,
            event_time: event.event_time.as_deref().and_then(Instant::parse),
            findings: Vec::new(),
        }
    }

    pub(super) fn find(&mut self, rule: Rule, path: Path, got: &str) {
        if self.findings.len() < MAX_FINDINGS {
            let finding = Finding::new(rule, self.syntax, path, got);
            self.findings.push(finding);
        }
    }

    pub(super) fn uri(&mut self, text: &str, path: impl FnOnce() -> Path) {
        if !is_uri(text) {
            self.find(Rule::NotAUri, path(), text);
        } else if is_malformed(text) {
            self.find(Rule::MalformedIdentifier, path(), text);
        }
    }

    pub(super) fn time(&mut self, text: &str, path: Path) {
        if Instant::parse(text).is_none() {
            self.find(Rule::NotATime, path, text);
        }
    }

    pub(super) fn unique(&mut self, texts: &[String], path: &Path) {
        let mut seen = HashSet::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            if !seen.insert(text.as_str()) {
                self.find(Rule::Repeated, path.clone().index(index), text);
            }
        }
    }

    /// A term of a vocabulary. Names of measurements are only advised: GS1 adds to them between editions.
    pub(super) fn term(&mut self, kind: Kind, text: &str, path: Path) {
        let is_urn = text.starts_with("urn:epcglobal:cbv");
        let is_bare = !text.contains(':');
        let rule = match (kind.classify(text), self.syntax) {
            (Term::Standard(_), Syntax::Json) if is_urn => Rule::TermOfOtherSyntax,
            (Term::Standard(_), Syntax::Xml(_)) if is_bare => Rule::TermOfOtherSyntax,
            (Term::Standard(_) | Term::Other, _) => return,
            (Term::Invalid, Syntax::Json) if kind == Kind::Measurement => Rule::UnlistedTerm,
            (Term::Unknown, _) if !is_urn => Rule::UnlistedTerm,
            (Term::Unknown | Term::Invalid, _) => Rule::UnknownTerm,
        };
        self.find(rule, path, text);
    }
}

/// Whether `text` names a scheme of GS1 and is not built as it says. Schemes that carry no GS1 key are not judged.
fn is_malformed(text: &str) -> bool {
    const SCHEMES: [&str; 14] = [
        "sgtin", "sscc", "sgln", "grai", "giai", "gsrn", "gsrnp", "gdti", "cpi", "sgcn", "ginc",
        "gsin", "itip", "pgln",
    ];
    let Some(rest) = text.strip_prefix("urn:epc:id:") else {
        return false;
    };
    let scheme = rest.split(':').next().unwrap_or("");
    SCHEMES.contains(&scheme) && canonical_identifier(text).is_none()
}

/// A field of the event that is one text.
pub(super) fn text_field(checks: &mut Checks<'_>, field: Field, text: &str) {
    let path = Path::field(field);
    let is_time = [Field::EventTime, Field::RecordTime].contains(&field);
    let is_uri = [Field::EventId, Field::ParentId, Field::TransformationId].contains(&field);
    if is_time {
        checks.time(text, path);
    } else if is_uri {
        checks.uri(text, || path);
    } else if field == Field::EventTimeZoneOffset {
        if !is_offset(text) {
            checks.find(Rule::NotAnOffset, path, text);
        }
    } else if let Some(kind) = field.vocabulary() {
        checks.term(kind, text, path);
    }
}

/// A quantity of a class.
pub(super) fn quantity(checks: &mut Checks<'_>, quantity: &Quantity, path: &Path) {
    let class = path.clone().name("epcClass");
    match &quantity.epc_class {
        Some(text) => checks.uri(text, || class),
        None => checks.find(Rule::Missing, class, ""),
    }
    let Some(uom) = &quantity.uom else { return };
    if quantity.quantity.is_none() {
        checks.find(Rule::UnitWithoutQuantity, path.clone().name("uom"), uom);
    }
    if !is_unit(uom) {
        checks.find(Rule::NotAUnit, path.clone().name("uom"), uom);
    }
}

/// Whether `text` has the form of a code of UN/CEFACT Recommendation 20.
fn is_unit(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (2..=3).contains(&text.len()) && text.bytes().all(letter)
}
