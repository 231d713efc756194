//! The rules of sensor data.

use super::{Rule, names::check_names, values::Checks};
use crate::epcis::{
    model::{
        Field, MetadataField, ReportField, SensorElement, SensorMetadata, SensorReport, Shape,
    },
    number::Number,
    path::Path,
    time::Instant,
};

pub(super) fn check_sensors(checks: &mut Checks<'_>, sensors: &[SensorElement]) {
    for (index, element) in sensors.iter().enumerate() {
        let path = Path::field(Field::SensorElementList).index(index);
        if let Some(metadata) = &element.metadata {
            check_metadata(checks, metadata, &path.clone().name("sensorMetadata"));
        }
        let reports = path.clone().name("sensorReport");
        if element.reports.is_empty() {
            checks.find(Rule::Missing, reports.clone(), "");
        }
        for (index, report) in element.reports.iter().enumerate() {
            let path = reports.clone().index(index);
            check_report(checks, report, &path);
            stated_twice(checks, element.metadata.as_ref(), (report, &path));
        }
        check_names(element.extensions.iter(), &path, checks);
    }
}

fn check_metadata(checks: &mut Checks<'_>, metadata: &SensorMetadata, path: &Path) {
    for (field, text) in &metadata.fields {
        let at = path.clone().name(field.name());
        shaped(checks, (field.shape(), text), at);
    }
    let instant = |field| {
        metadata
            .fields
            .get(&field)
            .and_then(|text| Instant::parse(text))
    };
    let start = instant(MetadataField::StartTime);
    let end = instant(MetadataField::EndTime);
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        let text = &metadata.fields[&MetadataField::EndTime];
        checks.find(Rule::PeriodReversed, path.clone().name("endTime"), text);
    }
    check_names(metadata.extensions.iter(), path, checks);
}

fn check_report(checks: &mut Checks<'_>, report: &SensorReport, path: &Path) {
    for (field, text) in &report.fields {
        let at = path.clone().name(field.name());
        match field.vocabulary() {
            Some(kind) => checks.term(kind, text, at),
            None => shaped(checks, (field.shape(), text), at),
        }
    }
    let typed = report.fields.contains_key(&ReportField::Type);
    let excepted = report.fields.contains_key(&ReportField::Exception);
    if !typed && !excepted {
        checks.find(Rule::Missing, path.clone().name("type"), "");
    }
    check_names(report.extensions.iter(), path, checks);
}

fn shaped(checks: &mut Checks<'_>, (shape, text): (Shape, &str), path: Path) {
    match shape {
        Shape::Text | Shape::Term => {}
        Shape::Uri => checks.uri(text, || path),
        Shape::Time => match Instant::parse(text) {
            None => checks.find(Rule::NotATime, path, text),
            Some(instant) => {
                if checks.event_time.is_some_and(|event| instant > event) {
                    checks.find(Rule::LaterThanEvent, path, text);
                }
            }
        },
        Shape::Number => {
            if Number::parse(text).is_none() {
                checks.find(Rule::NotANumber, path, text);
            }
        }
        Shape::Boolean => {
            if !["true", "false", "1", "0"].contains(&text) {
                checks.find(Rule::NotABoolean, path, text);
            }
        }
        Shape::Hexadecimal => {
            if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                checks.find(Rule::NotHexadecimal, path, text);
            }
        }
    }
}

fn stated_twice(
    checks: &mut Checks<'_>,
    metadata: Option<&SensorMetadata>,
    (report, path): (&SensorReport, &Path),
) {
    let Some(metadata) = metadata else { return };
    for field in metadata.fields.keys() {
        let same = ReportField::named(field.name());
        if let Some(text) = same.and_then(|same| report.fields.get(&same)) {
            checks.find(Rule::StatedTwice, path.clone().name(field.name()), text);
        }
    }
}
