//! The rules of one event.

use super::{
    Finding, Rule, Syntax,
    names::check_names,
    sensor::check_sensors,
    values::{Checks, quantity, text_field},
    what::check_what,
};
use crate::epcis::{
    model::{
        BizTransaction, ErrorDeclaration, Event, EventType, Field, FieldRef, Party,
        PersistentDisposition, Place,
    },
    path::Path,
    vocabulary::Kind,
    xml::{is_common, own_fields},
};

/// All that `event` does not keep, in the order of its fields.
pub fn check_event(event: &Event, syntax: Syntax) -> Vec<Finding> {
    let mut checks = Checks::new(syntax, event);
    required(event, &mut checks);
    for field in Field::ALL {
        if let Some(value) = event.field(*field) {
            allowed(event, *field, &mut checks);
            check_field(&mut checks, *field, value);
        }
    }
    check_what(event, &mut checks);
    let names = event.extensions.iter();
    check_names(names, &Path::event(), &mut checks);
    checks.findings
}

fn required(event: &Event, checks: &mut Checks<'_>) {
    let mut require = |field: Field| {
        if event.field(field).is_none() {
            checks.find(Rule::Missing, Path::field(field), "");
        }
    };
    require(Field::EventTime);
    require(Field::EventTimeZoneOffset);
    match event.event_type {
        EventType::Object | EventType::Aggregation => require(Field::Action),
        EventType::Transaction => {
            require(Field::Action);
            require(Field::BizTransactionList);
        }
        EventType::Association => {
            require(Field::Action);
            require(Field::ParentId);
        }
        EventType::Transformation | EventType::Custom(_) => {}
    }
}

fn allowed(event: &Event, field: Field, checks: &mut Checks<'_>) {
    if !is_common(field) && !own_fields(&event.event_type).contains(&field) {
        checks.find(Rule::NotOfThisType, Path::field(field), field.name());
    }
}

fn check_field(checks: &mut Checks<'_>, field: Field, value: FieldRef<'_>) {
    let path = Path::field(field);
    match value {
        FieldRef::Text(text) => text_field(checks, field, text),
        FieldRef::Epcs(epcs) => {
            for (index, epc) in epcs.iter().enumerate() {
                checks.uri(epc, || path.clone().index(index));
            }
            checks.unique(epcs, &path);
        }
        FieldRef::Quantities(quantities) => {
            for (index, each) in quantities.iter().enumerate() {
                quantity(checks, each, &path.clone().index(index));
            }
        }
        FieldRef::Certifications(certifications) => {
            for (index, text) in certifications.as_slice().iter().enumerate() {
                certification(checks, text, path.clone().index(index));
            }
        }
        FieldRef::Error(error) => error_declaration(checks, error),
        FieldRef::Persistent(persistent) => check_persistent(checks, persistent),
        FieldRef::Place(place) => check_place(checks, place, path),
        FieldRef::Transactions(transactions) => check_transactions(checks, transactions),
        FieldRef::Parties(parties) => check_parties(checks, field, parties),
        FieldRef::Sensors(sensors) => check_sensors(checks, sensors),
        FieldRef::Ilmd(extensions) => check_names(extensions.iter(), &path, checks),
    }
}

fn check_transactions(checks: &mut Checks<'_>, transactions: &[BizTransaction]) {
    for (index, each) in transactions.iter().enumerate() {
        let path = Path::field(Field::BizTransactionList).index(index);
        if let Some(kind) = &each.transaction_type {
            checks.term(Kind::BizTransaction, kind, path.clone().name("type"));
        }
        required_uri(checks, each.id.as_deref(), path.name("bizTransaction"));
    }
}

fn check_parties(checks: &mut Checks<'_>, field: Field, parties: &[Party]) {
    for (index, each) in parties.iter().enumerate() {
        let path = Path::field(field).index(index);
        match &each.party_type {
            Some(kind) => checks.term(Kind::Party, kind, path.clone().name("type")),
            None => checks.find(Rule::Missing, path.clone().name("type"), ""),
        }
        required_uri(checks, each.id.as_deref(), path.name(field.item()));
    }
}

fn required_uri(checks: &mut Checks<'_>, uri: Option<&str>, path: Path) {
    match uri.filter(|uri| !uri.is_empty()) {
        Some(uri) => checks.uri(uri, || path),
        None => checks.find(Rule::Missing, path, ""),
    }
}

/// A certification is a URI. XML of the first edition had none, and its readers took any text.
fn certification(checks: &mut Checks<'_>, text: &str, path: Path) {
    if checks.syntax != Syntax::Xml(crate::epcis::xml::Edition::One) {
        checks.uri(text, || path);
    }
}

fn error_declaration(checks: &mut Checks<'_>, error: &ErrorDeclaration) {
    let path = Path::field(Field::ErrorDeclaration);
    let declared = path.clone().name("declarationTime");
    match &error.declaration_time {
        Some(time) => checks.time(time, declared),
        None => checks.find(Rule::Missing, declared, ""),
    }
    if let Some(reason) = &error.reason {
        checks.term(Kind::ErrorReason, reason, path.clone().name("reason"));
    }
    for (index, id) in error.corrective_event_ids.iter().flatten().enumerate() {
        checks.uri(id, || path.clone().name("correctiveEventIDs").index(index));
    }
    check_names(error.extensions.iter(), &path, checks);
}

fn check_persistent(checks: &mut Checks<'_>, persistent: &PersistentDisposition) {
    let path = Path::field(Field::PersistentDisposition);
    if persistent.set.is_none() && persistent.unset.is_none() {
        checks.find(Rule::NeitherSetNorUnset, path.clone(), "");
    }
    for (name, terms) in [("set", &persistent.set), ("unset", &persistent.unset)] {
        let Some(terms) = terms else { continue };
        let path = path.clone().name(name);
        if terms.is_empty() {
            checks.find(Rule::Empty, path.clone(), "");
        }
        for (index, term) in terms.iter().enumerate() {
            checks.term(Kind::Disposition, term, path.clone().index(index));
        }
        checks.unique(terms, &path);
    }
}

fn check_place(checks: &mut Checks<'_>, place: &Place, path: Path) {
    required_uri(checks, place.id.as_deref(), path.clone().name("id"));
    check_names(place.extensions.iter(), &path, checks);
}
