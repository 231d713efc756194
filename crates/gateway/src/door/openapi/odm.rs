//! What the routes of trials take and answer.

use crate::{door::route::RouteRow, odm::datasets::form};
use serde_json::{Map, Value, json};

/// Whether it is a route of trials.
pub(super) fn is_one(row: &RouteRow) -> bool {
    row.path == "/odm" || row.path.starts_with("/odm/")
}

/// Whether it takes clinical data.
pub(super) fn has_body(row: &RouteRow) -> bool {
    is_one(row) && row.method == "POST"
}

/// Whether it answers with ODM.
pub(super) fn is_document(row: &RouteRow) -> bool {
    row.method == "GET" && row.path == "/odm/{study}"
}

fn is_dataset(row: &RouteRow) -> bool {
    row.method == "GET" && row.path == "/odm/{study}/datasets/{dataset}"
}

/// The content that it takes, where it takes clinical data.
pub(super) fn body(row: &RouteRow) -> Option<Value> {
    match (has_body(row), row.path.ends_with("/datasets")) {
        (false, _) => None,
        (true, true) => Some(dataset(&form::READ)),
        (true, false) => Some(odm()),
    }
}

/// The content of its answer, where that is a document.
pub(super) fn document(row: &RouteRow) -> Option<Value> {
    if is_document(row) {
        return Some(odm());
    }
    is_dataset(row).then(|| dataset(&form::SERVED))
}

fn odm() -> Value {
    let text = json!({ "schema": { "type": "string" } });
    json!({ "application/xml": text, "text/xml": text })
}

fn dataset(types: &[&str]) -> Value {
    let content = types.iter().map(|name| {
        let kind = match *name {
            "application/json" => "object",
            _ => "string",
        };
        ((*name).to_owned(), json!({ "schema": { "type": kind } }))
    });
    Value::Object(content.collect())
}

/// The schema of the answer in JSON, where it is a route of trials.
pub(super) fn success(row: &RouteRow) -> Option<Option<&'static str>> {
    match is_one(row) {
        false => None,
        true if document(row).is_some() => Some(None),
        true if has_body(row) => Some(Some("OdmReport")),
        true if row.path.ends_with("/datasets") => Some(Some("OdmDatasets")),
        true => Some(Some("OdmStudies")),
    }
}

/// Names of parameters beside those of the path.
pub(super) fn named(row: &RouteRow) -> Vec<&'static str> {
    if is_document(row) {
        return vec!["version", "from", "until"];
    }
    match has_body(row) && row.path.ends_with("/datasets") {
        true => COLUMNS.map(|(name, _)| name).into(),
        false => Vec::new(),
    }
}

/// What the query says of a dataset's columns.
const COLUMNS: [(&str, &str); 8] = [
    ("subject", "The column of the subject."),
    (
        "visit",
        "The visit of all rows; this or visitColumn is needed.",
    ),
    ("visitColumn", "The column of the visit."),
    (
        "form",
        "The form of all rows; this or formColumn is needed.",
    ),
    ("formColumn", "The column of the form."),
    (
        "observed",
        "The column of the time, with a zone, at which rows were observed.",
    ),
    (
        "item",
        "A column that is an item, as often as there are any; all others where there is none.",
    ),
    (
        "reason",
        "Why what stands otherwise is corrected: a word of the ledger's list and more (late: ...), or any text.",
    ),
];

/// Those parameters.
pub(super) fn parameters() -> Map<String, Value> {
    let entry = json!({ "type": "integer", "minimum": 0 });
    let version = json!({ "type": "string", "enum": ["2.0", "1.3.2"], "default": "2.0" });
    let all = [
        ("version", version, "The version of ODM."),
        (
            "from",
            entry.clone(),
            "The first entry: what Theriac-Next-Entry said the time before.",
        ),
        ("until", entry, "The entry before which it ends."),
    ];
    let parameter = |(name, schema, description): (&str, Value, &str)| {
        let told = json!({ "name": name, "in": "query", "required": name == "subject", "schema": schema, "description": description });
        (name.to_owned(), told)
    };
    let text = json!({ "type": "string", "minLength": 1 });
    let columns = COLUMNS.map(|(name, description)| match name {
        "item" => (name, json!({ "type": "array", "items": text }), description),
        name => (name, text.clone(), description),
    });
    all.into_iter().chain(columns).map(parameter).collect()
}

/// What may be answered otherwise.
pub(super) fn refusals(row: &RouteRow) -> Vec<(u16, &'static str)> {
    let (has_body, is_list) = (has_body(row), row.path == "/odm");
    let all = [
        (!is_list, 400, "Not valid."),
        (true, 401, "No token, or one that is not known."),
        (true, 403, "A token without the right."),
        (
            !is_list,
            404,
            "No such study or dataset, or not for this caller.",
        ),
        (true, 405, "No method of this resource."),
        (true, 406, "Neither a syntax nor a version that is served."),
        (has_body, 408, "The request took too long to arrive."),
        (!is_list, 409, "A rule says no; the code says which."),
        (!is_list, 413, "Too large."),
        (true, 414, "The URI is too long."),
        (has_body, 415, "A syntax that is not read."),
        (true, 500, "The gateway failed."),
        (!is_list, 502, "The ledger failed."),
        (
            !is_list,
            503,
            "No node of the ledger answers, or the book is in use.",
        ),
    ];
    let holding = all.into_iter().filter(|(holds, _, _)| *holds);
    holding.map(|(_, status, words)| (status, words)).collect()
}

/// Schemas of bodies.
pub(super) fn schemas() -> Map<String, Value> {
    let count = json!({ "type": "integer", "minimum": 0 });
    let text = json!({ "type": "string" });
    let or_none = json!({ "type": ["string", "null"] });
    let misfit = json!({
        "type": "object",
        "required": ["place", "code", "message"],
        "properties": { "place": text, "code": text, "message": text },
        "additionalProperties": false,
    });
    let query = json!({
        "type": "object",
        "required": ["place", "id", "state", "visit", "form", "item"],
        "properties": {
            "place": text, "id": or_none, "state": or_none, "visit": or_none, "form": or_none, "item": or_none,
        },
        "additionalProperties": false,
    });
    let report = json!({
        "type": "object",
        "required": ["values", "same", "captured", "corrected", "queries", "misfitCount", "misfits"],
        "properties": {
            "values": count, "same": count, "captured": count, "corrected": count,
            "queries": { "type": "array", "items": query },
            "misfitCount": count,
            "misfits": { "type": "array", "maxItems": 1000, "items": misfit },
        },
        "additionalProperties": false,
    });
    let study = json!({
        "type": "object",
        "required": ["study"],
        "properties": {
            "study": { "type": "string", "pattern": "^0x[0-9a-f]{64}$" },
            "sites": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 65535 } },
        },
        "additionalProperties": false,
    });
    let studies = json!({
        "type": "object",
        "required": ["studies"],
        "properties": { "studies": { "type": "array", "items": study } },
        "additionalProperties": false,
    });
    let all = [
        ("OdmReport", report),
        ("OdmStudies", studies),
        ("OdmDatasets", datasets()),
    ];
    all.into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

fn datasets() -> Value {
    let hash = json!({ "type": "string", "pattern": "^0x[0-9a-f]{64}$" });
    let dataset = json!({
        "type": "object",
        "required": ["name", "dataset", "lineage"],
        "properties": { "name": { "type": "string" }, "dataset": hash, "lineage": hash },
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "required": ["datasets"],
        "properties": { "datasets": { "type": "array", "items": dataset } },
        "additionalProperties": false,
    })
}
