//! Parameters about sensor data.

use super::{
    QueryError,
    clause::{Clause, Operator, SensorClause},
    given::Given,
    pattern::canonical,
};
use crate::epcis::model::{MetadataField, ReportField, Shape};

/// The condition of a parameter about sensor data; `None` where it is about something else.
pub(super) fn sensor(
    given: &Given,
    operator: Operator,
    rest: &str,
) -> Result<Option<Clause>, QueryError> {
    if let Some(field) = time_field(rest) {
        return match operator {
            Operator::GreaterOrEqual | Operator::Less => {
                let time = given.time()?;
                let clause = SensorClause::Time(field, operator, time);
                Ok(Some(Clause::Sensor(clause)))
            }
            Operator::Equal | Operator::Greater | Operator::LessOrEqual => Ok(None),
        };
    }
    if operator == Operator::Equal
        && let Some(field) = text_field(rest)
    {
        return texts(given, field).map(Some);
    }
    let (name, uom) = match rest.split_once('_') {
        Some((name, uom)) => (name, Some(uom.to_owned())),
        None => (rest, None),
    };
    let Some(field) = value_field(name, uom.is_some()) else {
        return Ok(None);
    };
    let values = match operator {
        Operator::Equal => given.numbers()?,
        Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual => {
            vec![given.number()?]
        }
    };
    Ok(Some(Clause::Sensor(SensorClause::Value {
        field,
        operator,
        values,
        uom,
    })))
}

fn time_field(rest: &str) -> Option<MetadataField> {
    match rest {
        "time" => Some(MetadataField::Time),
        "startTime" => Some(MetadataField::StartTime),
        "endTime" => Some(MetadataField::EndTime),
        _ => None,
    }
}

fn text_field(rest: &str) -> Option<ReportField> {
    match rest {
        "type" => Some(ReportField::Type),
        "deviceID" => Some(ReportField::DeviceId),
        "dataProcessingMethod" => Some(ReportField::DataProcessingMethod),
        "microorganism" => Some(ReportField::Microorganism),
        "chemicalSubstance" => Some(ReportField::ChemicalSubstance),
        "bizRules" => Some(ReportField::BizRules),
        "stringValue" => Some(ReportField::StringValue),
        "booleanValue" => Some(ReportField::BooleanValue),
        "hexBinaryValue" => Some(ReportField::HexBinaryValue),
        "uriValue" => Some(ReportField::UriValue),
        _ => None,
    }
}

fn value_field(name: &str, has_unit: bool) -> Option<ReportField> {
    match name {
        "percRank" if !has_unit => Some(ReportField::PercRank),
        "value" if has_unit => Some(ReportField::Value),
        "minValue" if has_unit => Some(ReportField::MinValue),
        "maxValue" if has_unit => Some(ReportField::MaxValue),
        "meanValue" if has_unit => Some(ReportField::MeanValue),
        "sDev" if has_unit => Some(ReportField::SDev),
        "percValue" if has_unit => Some(ReportField::PercValue),
        _ => None,
    }
}

fn texts(given: &Given, field: ReportField) -> Result<Clause, QueryError> {
    let texts = match field == ReportField::BooleanValue {
        true => vec![given.flag()?.to_string()],
        false => given.texts()?,
    };
    let texts = texts.iter().map(|text| sensor_text(field, text));
    Ok(Clause::Sensor(SensorClause::Text(field, texts.collect())))
}

/// A text of a sensor field in the form in which texts of the field are compared.
pub(super) fn sensor_text(field: ReportField, text: &str) -> String {
    if let Some(kind) = field.vocabulary() {
        return kind.to_web(text).into_owned();
    }
    match (field.shape(), text) {
        (Shape::Uri, text) => canonical(text),
        (Shape::Hexadecimal, text) => text.to_ascii_lowercase(),
        (Shape::Boolean, "1") => "true".to_owned(),
        (Shape::Boolean, "0") => "false".to_owned(),
        (Shape::Text | Shape::Term | Shape::Time | Shape::Number | Shape::Boolean, text) => {
            text.to_owned()
        }
    }
}
