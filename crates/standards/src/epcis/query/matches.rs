//! Whether an event is what a query asks for.

use super::{
    Hierarchy, Query,
    clause::{Clause, ErrorClause, Match, Operator, Scope, SensorClause},
    pattern::canonical,
    sensor::sensor_text,
    unit::{convert, near},
    values::extension_holds,
};
use crate::epcis::{
    model::{
        ErrorDeclaration, Event, Extension, Field, FieldRef, MetadataField, Quantity, ReportField,
        SensorElement, SensorReport,
    },
    number::Number,
    time::Instant,
    vocabulary::Kind,
};

impl Query {
    /// Whether `event` is what is asked for; a place lies within itself alone.
    pub fn matches(&self, event: &Event) -> bool {
        self.matches_within(event, &Hierarchy::default())
    }

    /// Whether `event` is what is asked for, places lying within others as `hierarchy` says.
    pub fn matches_within(&self, event: &Event, hierarchy: &Hierarchy) -> bool {
        let mut clauses = self.clauses.iter();
        clauses.all(|clause| holds(clause, event, hierarchy))
    }
}

fn holds(clause: &Clause, event: &Event, hierarchy: &Hierarchy) -> bool {
    match clause {
        Clause::EventType(names) => names.contains(&event.event_type.name()),
        Clause::Time(field, operator, time) => {
            text(event, *field).is_some_and(|text| compare_time(text, *operator, time))
        }
        Clause::Action(actions) => event.action.is_some_and(|action| actions.contains(&action)),
        Clause::Term(field, kind, terms) => {
            text(event, *field).is_some_and(|term| has_term(terms, *kind, term))
        }
        Clause::Persistent { set, terms } => persistent(event, *set, terms),
        Clause::Id(field, ids) => id(event, *field).is_some_and(|found| ids.contains(&found)),
        Clause::Within(field, ids) => {
            id(event, *field).is_some_and(|found| hierarchy.within(ids).contains(&found))
        }
        Clause::Match(asked) => matches_identifiers(event, asked),
        Clause::Document(field, kind, ids) => has_document(event, *field, (kind, ids)),
        Clause::Quantity {
            operator,
            values,
            uom,
        } => has_quantity(event, *operator, (values, uom.as_deref())),
        Clause::Error(clause) => event
            .error_declaration
            .as_ref()
            .is_some_and(|error| error_holds(clause, error)),
        Clause::Sensor(clause) => sensor_holds(clause, event),
        Clause::Extension {
            scope,
            inner,
            name,
            test,
        } => {
            let lists = extensions(event, *scope);
            let mut all = lists.iter().flat_map(|list| list.iter());
            all.any(|extension| extension_holds(extension, *inner, (name, test)))
        }
    }
}

fn error_holds(clause: &ErrorClause, error: &ErrorDeclaration) -> bool {
    match clause {
        ErrorClause::Exists => true,
        ErrorClause::Time(operator, time) => {
            let declared = error.declaration_time.as_deref();
            declared.is_some_and(|text| compare_time(text, *operator, time))
        }
        ErrorClause::Reason(terms) => {
            let reason = error.reason.as_deref();
            reason.is_some_and(|reason| has_term(terms, Kind::ErrorReason, reason))
        }
        ErrorClause::CorrectiveId(ids) => {
            let mut found = error.corrective_event_ids.iter().flatten();
            found.any(|id| ids.contains(id))
        }
    }
}

fn text(event: &Event, field: Field) -> Option<&str> {
    if let Some(FieldRef::Text(text)) = event.field(field) {
        return Some(text);
    }
    None
}

fn id(event: &Event, field: Field) -> Option<String> {
    if let Some(FieldRef::Place(place)) = event.field(field) {
        return place.id.as_deref().map(canonical);
    }
    text(event, field).map(canonical)
}

pub(super) fn compare_time(text: &str, operator: Operator, time: &Instant) -> bool {
    Instant::parse(text).is_some_and(|found| operator.holds(&found, time))
}

fn has_term(terms: &[String], kind: Kind, term: &str) -> bool {
    let web = kind.to_web(term);
    terms.iter().any(|asked| *asked == web)
}

fn persistent(event: &Event, set: bool, terms: &[String]) -> bool {
    let persistent = event.persistent_disposition.as_ref();
    let found = persistent.and_then(|persistent| match set {
        true => persistent.set.as_ref(),
        false => persistent.unset.as_ref(),
    });
    let mut found = found.into_iter().flatten();
    found.any(|term| has_term(terms, Kind::Disposition, term))
}

fn matches_identifiers(event: &Event, asked: &Match) -> bool {
    let any = |text: &str| {
        let canonical = canonical(text);
        let mut patterns = asked.patterns.iter();
        asked.exact.contains(&canonical)
            || patterns.any(|pattern| pattern.matches(text, &canonical))
    };
    let in_epcs = |field: &Field| {
        let found = event.field(*field);
        matches!(found, Some(FieldRef::Epcs(epcs)) if epcs.iter().any(|epc| any(epc)))
    };
    let of_class = |each: &Quantity| each.epc_class.as_deref().is_some_and(any);
    let in_classes = |field: &Field| {
        let found = event.field(*field);
        matches!(found, Some(FieldRef::Quantities(all)) if all.iter().any(of_class))
    };
    asked.epcs.iter().any(in_epcs)
        || (asked.parent && event.parent_id.as_deref().is_some_and(any))
        || asked.classes.iter().any(in_classes)
}

fn has_document(event: &Event, field: Field, (kind, ids): (&str, &[String])) -> bool {
    let same = |vocabulary: Kind, found: &Option<String>, id: &Option<String>| {
        let found = found.as_deref().unwrap_or("");
        let id = id.as_deref().map(canonical);
        vocabulary.to_web(found) == *kind && id.is_some_and(|id| ids.contains(&id))
    };
    if let Some(FieldRef::Transactions(transactions)) = event.field(field) {
        let mut all = transactions.iter();
        return all.any(|each| same(Kind::BizTransaction, &each.transaction_type, &each.id));
    }
    if let Some(FieldRef::Parties(parties)) = event.field(field) {
        let mut all = parties.iter();
        return all.any(|each| same(Kind::Party, &each.party_type, &each.id));
    }
    false
}

/// A value in its unit against values in the unit asked; without a unit asked, any unit will do.
fn compare_value(
    (value, uom): (f64, Option<&str>),
    operator: Operator,
    (values, asked): (&[f64], Option<&str>),
) -> bool {
    let value = match (asked, uom) {
        (None, _) => Some(value),
        (Some(asked), Some(uom)) => convert(value, uom, asked),
        (Some(_), None) => None,
    };
    value.is_some_and(|value| {
        values.iter().any(|asked| match operator {
            Operator::Equal => near(value, *asked),
            Operator::GreaterOrEqual | Operator::LessOrEqual => {
                near(value, *asked) || operator.holds(&value, asked)
            }
            Operator::Greater | Operator::Less => {
                !near(value, *asked) && operator.holds(&value, asked)
            }
        })
    })
}

fn has_quantity(event: &Event, operator: Operator, asked: (&[f64], Option<&str>)) -> bool {
    let lists = [
        &event.quantity_list,
        &event.child_quantity_list,
        &event.input_quantity_list,
        &event.output_quantity_list,
    ];
    lists.into_iter().flatten().flatten().any(|each| {
        let number = each.quantity.as_ref().map(Number::to_f64);
        number.is_some_and(|number| compare_value((number, each.uom.as_deref()), operator, asked))
    })
}

fn sensor_holds(clause: &SensorClause, event: &Event) -> bool {
    let Some(elements) = &event.sensor_element_list else {
        return false;
    };
    match clause {
        SensorClause::Exists => true,
        SensorClause::Time(field, operator, time) => elements.iter().any(|element| {
            let mut texts = sensor_texts(element, field.name());
            texts.any(|text| compare_time(text, *operator, time))
        }),
        SensorClause::Text(field, texts) => elements.iter().any(|element| {
            let mut found = sensor_texts(element, field.name());
            found.any(|text| texts.contains(&sensor_text(*field, text)))
        }),
        SensorClause::Value {
            field,
            operator,
            values,
            uom,
        } => {
            let asked = (&values[..], uom.as_deref());
            let mut reports = elements.iter().flat_map(|element| &element.reports);
            reports.any(|report| report_holds(report, (*field, *operator), asked))
        }
    }
}

/// What the reports say under a name, and what is said for all of them.
fn sensor_texts<'a>(element: &'a SensorElement, name: &str) -> impl Iterator<Item = &'a String> {
    let (own, shared) = (ReportField::named(name), MetadataField::named(name));
    let reports = element.reports.iter();
    let reports = reports.filter_map(move |report| report.fields.get(&own?));
    let metadata = element.metadata.iter();
    reports.chain(metadata.filter_map(move |metadata| metadata.fields.get(&shared?)))
}

fn report_holds(
    report: &SensorReport,
    (field, operator): (ReportField, Operator),
    asked: (&[f64], Option<&str>),
) -> bool {
    let uom = report.fields.get(&ReportField::Uom).map(String::as_str);
    let number = report.fields.get(&field);
    let number = number.and_then(|text| Number::parse(text));
    number.is_some_and(|number| compare_value((number.to_f64(), uom), operator, asked))
}

fn extensions(event: &Event, scope: Scope) -> Vec<&[Extension]> {
    let sensors = event.sensor_element_list.iter().flatten();
    match scope {
        Scope::Event => vec![&event.extensions],
        Scope::Ilmd => event.ilmd.iter().map(Vec::as_slice).collect(),
        Scope::ErrorDeclaration => {
            let errors = event.error_declaration.iter();
            errors.map(|error| &error.extensions[..]).collect()
        }
        Scope::ReadPoint => {
            let places = event.read_point.iter();
            places.map(|place| &place.extensions[..]).collect()
        }
        Scope::BizLocation => {
            let places = event.biz_location.iter();
            places.map(|place| &place.extensions[..]).collect()
        }
        Scope::SensorElement => sensors.map(|element| &element.extensions[..]).collect(),
        Scope::SensorMetadata => sensors
            .filter_map(|element| element.metadata.as_ref())
            .map(|metadata| &metadata.extensions[..])
            .collect(),
        Scope::SensorReport => sensors
            .flat_map(|element| &element.reports)
            .map(|report| &report.extensions[..])
            .collect(),
    }
}
