//! Whether an event is what a query asks for.

use super::{
    Hierarchy, Query,
    clause::{Clause, Match, Operator, Scope, Test},
    pattern::canonical,
    sensor::sensor_text,
    unit::{convert, near},
};
use crate::epcis::{
    model::{
        Element, Event, Extension, Field, FieldRef, MetadataField, Name, ReportField, SensorReport,
        Value,
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
        Clause::DeclarationTime(operator, time) => {
            let declared = event.error_declaration.as_ref();
            let declared = declared.and_then(|error| error.declaration_time.as_deref());
            declared.is_some_and(|text| compare_time(text, *operator, time))
        }
        Clause::Action(actions) => event.action.is_some_and(|action| actions.contains(&action)),
        Clause::Term(field, terms) => text(event, *field).is_some_and(|term| {
            let kind = match *field == Field::BizStep {
                true => Kind::BizStep,
                false => Kind::Disposition,
            };
            has_term(terms, kind, term)
        }),
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
        Clause::ErrorExists => event.error_declaration.is_some(),
        Clause::ErrorReason(terms) => {
            let reason = event.error_declaration.as_ref();
            let reason = reason.and_then(|error| error.reason.as_deref());
            reason.is_some_and(|reason| has_term(terms, Kind::ErrorReason, reason))
        }
        Clause::CorrectiveId(ids) => {
            let errors = event.error_declaration.iter();
            let mut found = errors.flat_map(|error| error.corrective_event_ids.iter().flatten());
            found.any(|id| ids.contains(id))
        }
        Clause::SensorExists => event.sensor_element_list.is_some(),
        Clause::MetadataTime(..) | Clause::SensorText(..) | Clause::SensorValue { .. } => {
            sensor_holds(clause, event)
        }
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

fn text(event: &Event, field: Field) -> Option<&str> {
    match event.field(field) {
        Some(FieldRef::Text(text)) => Some(text),
        _ => None,
    }
}

fn id(event: &Event, field: Field) -> Option<String> {
    match event.field(field) {
        Some(FieldRef::Text(text)) => Some(canonical(text)),
        Some(FieldRef::Place(place)) => place.id.as_deref().map(canonical),
        _ => None,
    }
}

fn compare_time(text: &str, operator: Operator, time: &Instant) -> bool {
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
    let any = |text: &str| asked.patterns.iter().any(|pattern| pattern.matches(text));
    let in_epcs = |field: &Field| match event.field(*field) {
        Some(FieldRef::Epcs(epcs)) => epcs.iter().any(|epc| any(epc)),
        _ => false,
    };
    let in_classes = |field: &Field| match event.field(*field) {
        Some(FieldRef::Quantities(quantities)) => {
            let mut classes = quantities
                .iter()
                .filter_map(|each| each.epc_class.as_deref());
            classes.any(any)
        }
        _ => false,
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
    match event.field(field) {
        Some(FieldRef::Transactions(transactions)) => transactions
            .iter()
            .any(|each| same(Kind::BizTransaction, &each.transaction_type, &each.id)),
        Some(FieldRef::Parties(parties)) => parties
            .iter()
            .any(|each| same(Kind::Party, &each.party_type, &each.id)),
        _ => false,
    }
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

fn sensor_holds(clause: &Clause, event: &Event) -> bool {
    let mut elements = event.sensor_element_list.iter().flatten();
    elements.any(|element| {
        let shared = |name: &str| {
            let field = MetadataField::named(name)?;
            element.metadata.as_ref()?.fields.get(&field)
        };
        let mut reports = element.reports.iter();
        match clause {
            Clause::MetadataTime(field, operator, time) => {
                let own = ReportField::named(field.name());
                let own = reports.filter_map(|report| report.fields.get(&own?));
                own.chain(shared(field.name()))
                    .any(|text| compare_time(text, *operator, time))
            }
            Clause::SensorText(field, texts) => {
                let own = reports.filter_map(|report| report.fields.get(field));
                own.chain(shared(field.name()))
                    .any(|text| texts.contains(&sensor_text(*field, text)))
            }
            Clause::SensorValue {
                field,
                operator,
                values,
                uom,
            } => reports.any(|report| {
                let asked = (&values[..], uom.as_deref());
                report_holds(report, (*field, *operator), asked)
            }),
            _ => false,
        }
    })
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

/// Whether two names are one: by namespace where both have one, else as written.
pub(super) fn same_name(left: &Name, right: &Name) -> bool {
    match (&left.namespace, &right.namespace) {
        (Some(one), Some(other)) => left.local == right.local && one == other,
        _ => left.written() == right.written(),
    }
}

/// `inner` asks for extensions within extensions, at any depth, and not for the outermost.
fn extension_holds(extension: &Extension, inner: bool, (name, test): (&Name, &Test)) -> bool {
    if inner {
        return fields(&extension.value).into_iter().any(|field| {
            extension_holds(field, false, (name, test))
                || extension_holds(field, true, (name, test))
        });
    }
    same_name(&extension.name, name) && value_holds(&extension.value, test)
}

fn fields(value: &Value) -> Vec<&Extension> {
    match value {
        Value::Element(element) => element.fields.iter().collect(),
        Value::List(values) => values.iter().flat_map(fields).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Vec::new(),
    }
}

fn value_holds(value: &Value, test: &Test) -> bool {
    if let Value::List(values) = value {
        return values.iter().any(|value| value_holds(value, test));
    }
    let text = text_of(value);
    match test {
        Test::Exists => true,
        Test::Texts(texts) => {
            text.is_some_and(|text| texts.iter().any(|asked| equal(&text, asked)))
        }
        Test::Number(operator, number) => {
            let found = text.and_then(|text| Number::parse(text.trim()));
            found.is_some_and(|found| operator.holds(&found.to_f64(), number))
        }
        Test::Time(operator, time) => {
            text.is_some_and(|text| compare_time(text.trim(), *operator, time))
        }
        Test::HasAttribute(names) => {
            let mut names = names.iter();
            names.any(|name| attribute(value, name).is_some())
        }
        Test::Attribute(name, texts) => {
            attribute(value, name).is_some_and(|text| texts.contains(&text))
        }
    }
}

/// Equal as texts, as numbers or as times.
fn equal(found: &str, asked: &str) -> bool {
    let numbers = Number::parse(found).zip(Number::parse(asked));
    let times = Instant::parse(found).zip(Instant::parse(asked));
    found == asked
        || numbers.is_some_and(|(found, asked)| found.to_f64() == asked.to_f64())
        || times.is_some_and(|(found, asked)| found == asked)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Element(element) => element.text.clone(),
        Value::Null | Value::List(_) => None,
    }
}

/// An attribute of XML, or the member of JSON that stands for one.
fn attribute(value: &Value, name: &Name) -> Option<String> {
    let Value::Element(Element {
        attributes, fields, ..
    }) = value
    else {
        return None;
    };
    let found = attributes.iter().find(|(other, _)| same_name(other, name));
    if let Some((_, text)) = found {
        return Some(text.clone());
    }
    let written = format!("@{}", name.written());
    let field = fields
        .iter()
        .find(|field| field.name.written() == written)?;
    text_of(&field.value)
}
