//! The rules that hold across events, and those of what stands around them.

use super::{Finding, Rule, Syntax, check_event};
use crate::epcis::{
    model::{DocumentKind, Envelope, Event, Field},
    path::Path,
    time::Instant,
};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// Checks the events of one document in turn. It remembers 16 bytes of the hash of each event id, to see one twice.
pub struct Validator {
    syntax: Syntax,
    seen: HashSet<[u8; 16]>,
}

impl Validator {
    /// A validator for a document of this syntax.
    pub fn new(syntax: Syntax) -> Self {
        Self {
            syntax,
            seen: HashSet::new(),
        }
    }

    /// All that the next event does not keep. `misplaced` is the field that its XML has out of order, if any.
    pub fn event(&mut self, event: &Event, misplaced: Option<Field>) -> Vec<Finding> {
        let mut findings = check_event(event, self.syntax);
        let ordered = matches!(self.syntax, Syntax::Xml(crate::epcis::xml::Edition::Two));
        if let Some(field) = misplaced.filter(|_| ordered) {
            let finding = Finding::new(Rule::Order, self.syntax, Path::field(field), field.name());
            findings.insert(0, finding);
        }
        if let Some(id) = &event.event_id {
            let declared_wrong = event.error_declaration.is_some();
            if !self.seen.insert(key(id, declared_wrong)) {
                let path = Path::field(Field::EventId);
                findings.push(Finding::new(Rule::DuplicateEventId, self.syntax, path, id));
            }
        }
        findings
    }
}

/// An event and the declaration that it was wrong share an id, so that counts too.
fn key(id: &str, declared_wrong: bool) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update([u8::from(declared_wrong)]);
    hasher.update(id.as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize()[..16]);
    key
}

/// All that the envelope does not keep; paths lead from the root.
pub fn check_envelope(envelope: &Envelope, syntax: Syntax) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |rule, name: &'static str, got: &str| {
        findings.push(Finding::new(rule, syntax, Path::event().name(name), got));
    };
    if envelope.kind == DocumentKind::Event {
        return findings;
    }
    if syntax == Syntax::Json && envelope.context.is_none() {
        find(Rule::Missing, "@context", "");
    }
    let is_capture = envelope.kind == DocumentKind::Capture;
    match &envelope.schema_version {
        None if is_capture => find(Rule::Missing, "schemaVersion", ""),
        None => {}
        Some(version) if is_version(version) => {}
        Some(version) => find(Rule::NotAVersion, "schemaVersion", version),
    }
    match &envelope.creation_date {
        None if is_capture => find(Rule::Missing, "creationDate", ""),
        None => {}
        Some(date) if Instant::parse(date).is_some() => {}
        Some(date) => find(Rule::NotATime, "creationDate", date),
    }
    let query_name = envelope.query.as_ref().map(|query| &query.query_name);
    if syntax == Syntax::Json && query_name == Some(&None) {
        find(Rule::Missing, "queryName", "");
    }
    findings
}

fn is_version(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').all(digits)
}
