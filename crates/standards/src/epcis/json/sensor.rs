//! Sensor data from and to JSON.

use super::{
    Json,
    decode::{boolean, list, number, object, text},
    extension::{extension_from_json, push_extensions},
};
use crate::epcis::{
    event_error::{Decoded, Within},
    model::{
        MetadataField, Prefixes, ReportField, SensorElement, SensorMetadata, SensorReport, Shape,
    },
    number::Number,
};

pub(super) fn sensor_element(value: Json, prefixes: &Prefixes) -> Decoded<SensorElement> {
    let mut element = SensorElement::default();
    for (name, value) in object(value)? {
        match name.as_str() {
            "sensorMetadata" => element.metadata = Some(metadata(value, prefixes).within(name)?),
            "sensorReport" => {
                element.reports = list(value, |value| report(value, prefixes)).within(name)?;
            }
            _ => element
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(element)
}

fn metadata(value: Json, prefixes: &Prefixes) -> Decoded<SensorMetadata> {
    let mut metadata = SensorMetadata::default();
    for (name, value) in object(value)? {
        match MetadataField::named(&name) {
            Some(field) => {
                let text = text(value).within(field.name())?;
                metadata.fields.insert(field, text);
            }
            None => metadata
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(metadata)
}

fn report(value: Json, prefixes: &Prefixes) -> Decoded<SensorReport> {
    let mut report = SensorReport::default();
    for (name, value) in object(value)? {
        match ReportField::named(&name) {
            Some(field) => {
                let text = shaped(value, field.shape()).within(field.name())?;
                report.fields.insert(field, text);
            }
            None => report
                .extensions
                .push(extension_from_json(&name, value, prefixes)),
        }
    }
    Ok(report)
}

fn shaped(value: Json, shape: Shape) -> Decoded<String> {
    match shape {
        Shape::Number => number(value).map(|number| number.as_str().to_owned()),
        Shape::Boolean => boolean(value).map(|flag| flag.to_string()),
        Shape::Text | Shape::Uri | Shape::Term | Shape::Time | Shape::Hexadecimal => text(value),
    }
}

pub(super) fn sensor_to_json(element: &SensorElement) -> Json {
    let mut members = Vec::new();
    if let Some(metadata) = &element.metadata {
        let mut inner: Vec<_> = metadata
            .fields
            .iter()
            .map(|(field, text)| (field.name().to_owned(), Json::text(text)))
            .collect();
        push_extensions(&mut inner, &metadata.extensions);
        members.push(("sensorMetadata".to_owned(), Json::Object(inner)));
    }
    let reports = element.reports.iter().map(report_to_json).collect();
    members.push(("sensorReport".to_owned(), Json::List(reports)));
    push_extensions(&mut members, &element.extensions);
    Json::Object(members)
}

fn report_to_json(report: &SensorReport) -> Json {
    let mut members: Vec<_> = report
        .fields
        .iter()
        .map(|(field, text)| (field.name().to_owned(), shaped_to_json(field.shape(), text)))
        .collect();
    push_extensions(&mut members, &report.extensions);
    Json::Object(members)
}

/// A text of XML that has no counterpart in JSON, as `INF`, is printed as a text and then fails validation there.
fn shaped_to_json(shape: Shape, text: &str) -> Json {
    match shape {
        Shape::Number => Number::parse(text).map_or_else(|| Json::text(text), Json::Number),
        Shape::Boolean => match text {
            "true" | "1" => Json::Bool(true),
            "false" | "0" => Json::Bool(false),
            _ => Json::text(text),
        },
        Shape::Text | Shape::Uri | Shape::Term | Shape::Time | Shape::Hexadecimal => {
            Json::text(text)
        }
    }
}
