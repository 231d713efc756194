//! An event made ready to be kept: its columns, and what it is found by.

use super::stored::{self, Form};
use crate::partners::named_parties;
use std::collections::BTreeSet;
use theriac_standards::epcis::{
    Number,
    hash::{canonical_identifier, event_hash},
    model::{
        Element, Envelope, Event, Extension, Field, FieldRef, MetadataField, Party, ReportField,
        Value,
    },
    time::Instant,
    vocabulary::Kind,
    xml::XmlWriteError,
};

/// Longer texts are found by their beginnings; what is asked of the event itself decides then.
const MOST_BYTES: usize = 512;

/// An event made ready to be kept.
pub(crate) struct Entry {
    /// The id, and the time of a declaration or nothing.
    pub(super) key: (String, String),
    pub(super) hash: [u8; 32],
    pub(super) event_type: String,
    pub(super) event_time: i64,
    pub(super) action: Option<&'static str>,
    pub(super) biz_step: Option<String>,
    pub(super) disposition: Option<String>,
    pub(super) read_point: Option<String>,
    pub(super) biz_location: Option<String>,
    pub(super) declared: Option<i64>,
    pub(super) form: Form,
    pub(super) body: String,
    pub(super) epcs: BTreeSet<(String, i64, String)>,
    pub(super) attributes: BTreeSet<(String, String)>,
    pub(super) readers: BTreeSet<String>,
}

/// Where in an event an identifier stands, as a number that is kept.
pub(super) fn role(field: Field) -> Option<i64> {
    match field {
        Field::EpcList => Some(0),
        Field::ChildEpcs => Some(1),
        Field::InputEpcList => Some(2),
        Field::OutputEpcList => Some(3),
        Field::ParentId => Some(4),
        Field::QuantityList => Some(5),
        Field::ChildQuantityList => Some(6),
        Field::InputQuantityList => Some(7),
        Field::OutputQuantityList => Some(8),
        _ => None,
    }
}

/// What an event is unique by: its id, and for a declaration that an event was wrong, which shares its id, the time of that too.
fn key_of(event: &Event) -> (String, String) {
    let id = event.event_id.clone().unwrap_or_default();
    let declaration = event.error_declaration.as_ref();
    let time = declaration.map(|declaration| {
        let time = declaration.declaration_time.as_deref();
        time.unwrap_or("none").to_owned()
    });
    (id, time.unwrap_or_default())
}

impl Entry {
    /// Bytes of the text that is kept.
    pub(crate) fn bytes(&self) -> usize {
        self.body.len()
    }

    /// Assigns the event id where there is none: the event hash. The record time is not kept with the event.
    ///
    /// # Errors
    /// Something of an event of XML cannot be written in XML.
    pub(crate) fn new(
        event: &mut Event,
        envelope: &Envelope,
        form: Form,
    ) -> Result<Self, XmlWriteError> {
        let hash = event_hash(event);
        event.record_time = None;
        event.event_id.get_or_insert_with(|| hash.to_string());
        let place = |place: &Option<theriac_standards::epcis::model::Place>| {
            let id = place.as_ref().and_then(|place| place.id.as_deref());
            id.map(canonical)
        };
        let term = |kind: Kind, term: &Option<String>| {
            term.as_deref().map(|term| short(&kind.to_web(term)))
        };
        let declared = event.error_declaration.as_ref();
        let declared = declared.map(|error| millis(error.declaration_time.as_deref()));
        Ok(Self {
            key: key_of(event),
            hash: hash.0,
            event_type: short(&event.event_type.name()),
            event_time: millis(event.event_time.as_deref()),
            action: event.action.map(|action| action.name()),
            biz_step: term(Kind::BizStep, &event.biz_step),
            disposition: term(Kind::Disposition, &event.disposition),
            read_point: place(&event.read_point),
            biz_location: place(&event.biz_location),
            declared,
            form,
            body: stored::print(event, envelope, form)?,
            epcs: epcs(event),
            attributes: attributes(event),
            readers: named_parties(event),
        })
    }
}

fn millis(time: Option<&str>) -> i64 {
    let instant = time.and_then(Instant::parse);
    instant.map_or(0, Instant::to_millis)
}

/// A text as a key: without NUL, which PostgreSQL does not take, and cut where it is long.
pub(super) fn short(text: &str) -> String {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].replace('\0', "")
}

/// An identifier as a key.
pub(super) fn canonical(text: &str) -> String {
    short(&canonical_identifier(text).unwrap_or_else(|| text.to_owned()))
}

/// A value of which equal forms have one key: numbers by their value, times by their instant.
pub(super) fn comparable(text: &str) -> String {
    if let Some(number) = Number::parse(text) {
        // Minus nought is nought.
        return format!("{:e}", number.to_f64() + 0.0);
    }
    match Instant::parse(text) {
        Some(instant) => format!("{instant:?}"),
        None => short(text),
    }
}

/// The name of an attribute for an extension, wherever it stands: the last part of its name.
pub(super) fn extension_name(written: &str) -> String {
    let last = written.rsplit(':').next().unwrap_or(written);
    format!("x:{}", short(last))
}

/// The name of an attribute for a list of documents or parties: `source` and the type.
pub(super) fn document_name(list: &str, kind: Kind, type_name: &str) -> String {
    short(&format!("{list}:{}", kind.to_web(type_name)))
}

/// A text of a sensor's field as a key.
pub(super) fn sensor_key(field: ReportField, text: &str) -> String {
    match field {
        ReportField::Type => short(&Kind::Measurement.to_web(text)),
        ReportField::DeviceId => canonical(text),
        ReportField::HexBinaryValue => short(&text.to_ascii_lowercase()),
        ReportField::BooleanValue => match text {
            "1" => "true".to_owned(),
            "0" => "false".to_owned(),
            text => short(text),
        },
        _ => short(text),
    }
}

fn epcs(event: &Event) -> BTreeSet<(String, i64, String)> {
    let mut found = BTreeSet::new();
    let mut add = |role: i64, text: &str| {
        let key = canonical(text);
        let written = if key == text {
            String::new()
        } else {
            short(text)
        };
        found.insert((key, role, written));
    };
    for field in Field::ALL {
        let Some(role) = role(*field) else { continue };
        match event.field(*field) {
            Some(FieldRef::Text(text)) => add(role, text),
            Some(FieldRef::Epcs(epcs)) => epcs.iter().for_each(|epc| add(role, epc)),
            Some(FieldRef::Quantities(quantities)) => {
                let classes = quantities.iter();
                let classes = classes.filter_map(|each| each.epc_class.as_deref());
                classes.for_each(|class| add(role, class));
            }
            _ => {}
        }
    }
    // One identifier may stand twice in one place in two forms; the first is enough.
    let mut last: Option<(String, i64)> = None;
    found.retain(|(key, role, _)| {
        let here = (key.clone(), *role);
        let new = last.as_ref() != Some(&here);
        last = Some(here);
        new
    });
    found
}

fn attributes(event: &Event) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for transaction in event.biz_transaction_list.iter().flatten() {
        let kind = transaction.transaction_type.as_deref().unwrap_or("");
        let name = document_name("bizTransaction", Kind::BizTransaction, kind);
        found.extend(transaction.id.as_deref().map(|id| (name, canonical(id))));
    }
    for (list, parties) in [
        ("source", &event.source_list),
        ("destination", &event.destination_list),
    ] {
        let parties = parties.iter().flatten();
        found.extend(parties.filter_map(|each| party(list, each)));
    }
    if let Some(id) = &event.transformation_id {
        found.insert(("transformationID".to_owned(), canonical(id)));
    }
    if let Some(persistent) = &event.persistent_disposition {
        for (name, terms) in [("set", &persistent.set), ("unset", &persistent.unset)] {
            let terms = terms.iter().flatten();
            found.extend(terms.map(|term| {
                let web = Kind::Disposition.to_web(term);
                (name.to_owned(), short(&web))
            }));
        }
    }
    errors(event, &mut found);
    sensors(event, &mut found);
    let places = [&event.read_point, &event.biz_location];
    let places = places.into_iter().flatten().map(|place| &place.extensions);
    let lists = places.chain([&event.extensions]).chain(&event.ilmd);
    lists.for_each(|list| extensions(list, &mut found));
    found
}

fn party(list: &str, party: &Party) -> Option<(String, String)> {
    let kind = party.party_type.as_deref().unwrap_or("");
    let id = party.id.as_deref()?;
    Some((document_name(list, Kind::Party, kind), canonical(id)))
}

fn errors(event: &Event, found: &mut BTreeSet<(String, String)>) {
    let Some(declaration) = &event.error_declaration else {
        return;
    };
    if let Some(reason) = &declaration.reason {
        let web = Kind::ErrorReason.to_web(reason);
        found.insert(("errorReason".to_owned(), short(&web)));
    }
    let ids = declaration.corrective_event_ids.iter().flatten();
    found.extend(ids.map(|id| ("correctiveEventID".to_owned(), short(id))));
    extensions(&declaration.extensions, found);
}

fn sensors(event: &Event, found: &mut BTreeSet<(String, String)>) {
    if event.sensor_element_list.is_some() {
        found.insert(("sensorElementList".to_owned(), String::new()));
    }
    for element in event.sensor_element_list.iter().flatten() {
        if let Some(metadata) = &element.metadata {
            for (field, text) in &metadata.fields {
                sensor_text(*field, text, found);
            }
            extensions(&metadata.extensions, found);
        }
        for report in &element.reports {
            for (field, text) in &report.fields {
                if is_asked(*field) {
                    found.insert((field.name().to_owned(), sensor_key(*field, text)));
                }
            }
            extensions(&report.extensions, found);
        }
        extensions(&element.extensions, found);
    }
}

fn sensor_text(field: MetadataField, text: &str, found: &mut BTreeSet<(String, String)>) {
    let same = ReportField::named(field.name());
    if let Some(field) = same.filter(|field| is_asked(*field)) {
        found.insert((field.name().to_owned(), sensor_key(field, text)));
    }
}

/// Whether a parameter with `EQ` asks for this field.
pub(super) fn is_asked(field: ReportField) -> bool {
    matches!(
        field,
        ReportField::Type
            | ReportField::DeviceId
            | ReportField::DataProcessingMethod
            | ReportField::Microorganism
            | ReportField::ChemicalSubstance
            | ReportField::BizRules
            | ReportField::StringValue
            | ReportField::BooleanValue
            | ReportField::HexBinaryValue
            | ReportField::UriValue
    )
}

fn extensions(list: &[Extension], found: &mut BTreeSet<(String, String)>) {
    for extension in list {
        let name = extension_name(&extension.name.written());
        value(&name, &extension.value, found);
    }
}

fn value(name: &str, found_value: &Value, found: &mut BTreeSet<(String, String)>) {
    let mut add = |text: &str| {
        found.insert((name.to_owned(), comparable(text)));
    };
    match found_value {
        Value::Null => add(""),
        Value::Bool(flag) => add(if *flag { "true" } else { "false" }),
        Value::Number(number) => add(number.as_str()),
        Value::Text(text) => add(text),
        Value::List(values) => {
            add("");
            values.iter().for_each(|each| value(name, each, found));
        }
        Value::Element(Element { text, fields, .. }) => {
            add(text.as_deref().unwrap_or(""));
            extensions(fields, found);
        }
    }
}
