//! Sensor data in the pre-hash text.

use super::{
    pre_hash::{push_extensions, push_pair, push_sorted},
    value::{canonical, canonical_term, canonical_time},
};
use crate::epcis::model::{
    Event, Prefixes, ReportField, SensorElement, SensorMetadata, SensorReport, Shape,
};

/// Appends `sensorElementList` with its elements in the order of their bytes.
pub(super) fn push_sensors(text: &mut String, sensors: &[SensorElement], prefixes: &Prefixes) {
    let elements: Vec<_> = sensors
        .iter()
        .map(|element| element_text(element, prefixes))
        .filter(|element| !element.is_empty())
        .collect();
    if !elements.is_empty() {
        text.push_str("sensorElementList");
        push_sorted(text, elements);
    }
}

/// The business rules of single reports, which the canonical order does not know.
pub(super) fn sensor_rules(event: &Event) -> Option<String> {
    let rules_of = |report: &SensorReport| {
        let rules = report.fields.get(&ReportField::BizRules)?;
        let mut text = String::from("sensorReport");
        push_pair(&mut text, "bizRules", &canonical(rules, &event.prefixes));
        Some(text)
    };
    let elements = event.sensor_element_list.iter().flatten();
    let elements = elements.filter_map(|element| {
        let reports: Vec<_> = element.reports.iter().filter_map(rules_of).collect();
        let mut text = String::from("sensorElement");
        (!reports.is_empty()).then(|| {
            push_sorted(&mut text, reports);
            text
        })
    });
    let elements: Vec<_> = elements.collect();
    let mut text = String::from("sensorElementList");
    (!elements.is_empty()).then(|| {
        push_sorted(&mut text, elements);
        text
    })
}

fn element_text(element: &SensorElement, prefixes: &Prefixes) -> String {
    let mut text = String::new();
    if let Some(metadata) = &element.metadata {
        push_named(
            &mut text,
            "sensorMetadata",
            metadata_text(metadata, prefixes),
        );
    }
    let reports = element.reports.iter().map(|report| {
        let mut text = String::new();
        push_named(&mut text, "sensorReport", report_text(report, prefixes));
        text
    });
    push_sorted(&mut text, reports.collect());
    push_extensions(&mut text, &element.extensions, prefixes);
    let mut named = String::new();
    push_named(&mut named, "sensorElement", text);
    named
}

fn push_named(text: &mut String, name: &str, inner: String) {
    if !inner.is_empty() {
        text.push_str(name);
        text.push_str(&inner);
    }
}

fn metadata_text(metadata: &SensorMetadata, prefixes: &Prefixes) -> String {
    let mut text = String::new();
    for (field, value) in &metadata.fields {
        match field.shape() {
            Shape::Time => push_pair(&mut text, field.name(), &canonical_time(value)),
            Shape::Text
            | Shape::Uri
            | Shape::Term
            | Shape::Number
            | Shape::Boolean
            | Shape::Hexadecimal => push_pair(&mut text, field.name(), &canonical(value, prefixes)),
        }
    }
    push_extensions(&mut text, &metadata.extensions, prefixes);
    text
}

fn report_text(report: &SensorReport, prefixes: &Prefixes) -> String {
    let mut text = String::new();
    for (field, value) in &report.fields {
        let name = field.name();
        if *field == ReportField::BizRules {
            continue;
        }
        if *field == ReportField::Time {
            push_pair(&mut text, name, &canonical_time(value));
        } else if let Some(kind) = field.vocabulary() {
            push_pair(&mut text, name, &canonical_term(value, kind, prefixes));
        } else {
            push_pair(&mut text, name, &canonical(value, prefixes));
        }
    }
    push_extensions(&mut text, &report.extensions, prefixes);
    text
}
