//! Sensor data from and to XML, where the fields are attributes.

use super::{
    XmlElement, XmlWriteError,
    decode::foreign,
    extension::{extension_from_element, push_extensions},
};
use crate::epcis::{
    event_error::Decoded,
    excerpt::Excerpt,
    model::{
        Extension, MetadataField, Name, ReportField, SensorElement, SensorMetadata, SensorReport,
        Value,
    },
};

pub(super) fn sensor_element(element: &XmlElement) -> Decoded<SensorElement> {
    let mut sensor = SensorElement::default();
    for child in element.unwrapped() {
        match child.standard_name() {
            Some("sensorMetadata") => sensor.metadata = Some(metadata(child)?),
            Some("sensorReport") => sensor.reports.push(report(child)?),
            _ => sensor.extensions.push(extension_from_element(child)),
        }
    }
    Ok(sensor)
}

fn metadata(element: &XmlElement) -> Decoded<SensorMetadata> {
    let mut metadata = SensorMetadata::default();
    for (name, value) in attributes(element)? {
        match standard(&name).and_then(MetadataField::named) {
            Some(field) => {
                metadata.fields.insert(field, value);
            }
            None => metadata.extensions.push(extension(name, value)),
        }
    }
    Ok(metadata)
}

fn report(element: &XmlElement) -> Decoded<SensorReport> {
    let mut report = SensorReport::default();
    for (name, value) in attributes(element)? {
        match standard(&name).and_then(ReportField::named) {
            Some(field) => {
                report.fields.insert(field, value);
            }
            None => report.extensions.push(extension(name, value)),
        }
    }
    Ok(report)
}

fn attributes(element: &XmlElement) -> Decoded<Vec<(Name, String)>> {
    match element.children.first() {
        Some(child) => Err(foreign(&child.name.written())),
        None if element.text.trim().is_empty() => Ok(element.attributes.clone()),
        None => Err(foreign(&element.text)),
    }
}

fn standard(name: &Name) -> Option<&str> {
    name.namespace.is_none().then_some(name.local.as_str())
}

fn extension(name: Name, value: String) -> Extension {
    Extension {
        name,
        value: Value::Text(value),
    }
}

pub(super) fn sensor_to_element(sensor: &SensorElement) -> Result<XmlElement, XmlWriteError> {
    let mut element = XmlElement::standard("sensorElement");
    if let Some(metadata) = &sensor.metadata {
        let fields = metadata.fields.iter();
        let fields = fields.map(|(field, value)| (field.name(), value));
        let fields = fields_to_element("sensorMetadata", fields, &metadata.extensions)?;
        element.children.push(fields);
    }
    for report in &sensor.reports {
        let fields = report.fields.iter();
        let fields = fields.map(|(field, value)| (field.name(), value));
        let fields = fields_to_element("sensorReport", fields, &report.extensions)?;
        element.children.push(fields);
    }
    push_extensions(&mut element.children, &sensor.extensions)?;
    Ok(element)
}

fn fields_to_element<'a>(
    name: &str,
    fields: impl Iterator<Item = (&'static str, &'a String)>,
    extensions: &[Extension],
) -> Result<XmlElement, XmlWriteError> {
    let mut element = XmlElement::standard(name);
    element
        .attributes
        .extend(fields.map(|(name, value)| (Name::bare(name), value.clone())));
    for extension in extensions {
        let value = match &extension.value {
            Value::Text(text) => text.clone(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.as_str().to_owned(),
            Value::Null | Value::List(_) | Value::Element(_) => {
                let name = extension.name.written();
                return Err(XmlWriteError::Value(Excerpt::new(&name)));
            }
        };
        element.attributes.push((extension.name.clone(), value));
    }
    Ok(element)
}
