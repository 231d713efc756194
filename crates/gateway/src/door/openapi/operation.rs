//! One operation: what it takes, and all that it may answer.

use super::{
    odm, packs,
    parameters::{self, asks, is_list},
    reference,
};
use crate::door::route::{Policy, RouteRow};
use serde_json::{Map, Value, json};

const JSON: [&str; 2] = ["application/json", "application/ld+json"];
const XML: [&str; 2] = ["application/xml", "text/xml"];

/// The operation of a row of the route table.
pub(super) fn operation(row: &RouteRow) -> Value {
    let mut operation = json!({
        "operationId": operation_id(row),
        "summary": row.summary,
        "description": format!("Needs the right: {}.", row.policy.words()),
        "parameters": parameters::of(row),
        "responses": responses(row),
    });
    if let Some(body) = body(row) {
        operation["requestBody"] = body;
    }
    if row.policy == Policy::Open {
        operation["security"] = json!([]);
    }
    operation
}

/// `getQueriesByQueryNameEvents`.
fn operation_id(row: &RouteRow) -> String {
    let segments = row.path.split('/').filter(|segment| !segment.is_empty());
    let words = segments.map(|segment| match segment.strip_prefix('{') {
        Some(name) => format!("By{}", capital(name.trim_end_matches('}'))),
        None => capital(&segment.replace(".json", "")),
    });
    let words: String = words.collect();
    format!("{}{words}", row.method.to_ascii_lowercase())
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// The schema of the body, and whether it may be XML.
fn body(row: &RouteRow) -> Option<Value> {
    if let Some(content) = odm::body(row) {
        return Some(json!({ "required": true, "content": content }));
    }
    let (schema, is_xml) = match (row.method, row.path) {
        ("POST", "/capture") => ("Document", true),
        ("POST", "/events") => ("Event", true),
        ("POST", "/queries") => ("Query", false),
        ("POST", "/queries/{queryName}/subscriptions") => ("SubscriptionRequest", false),
        _ => (packs::body(row)?, false),
    };
    let mut content = content(&JSON, &reference("schemas", schema));
    if is_xml {
        content.extend(self::content(&XML, &json!({ "type": "string" })));
    }
    Some(json!({ "required": true, "content": content }))
}

fn content(types: &[&str], schema: &Value) -> Map<String, Value> {
    let types = types.iter();
    types
        .map(|name| ((*name).to_owned(), json!({ "schema": schema })))
        .collect()
}

/// The answer where nothing is refused: status, schema, and whether it is there in XML too.
fn success(row: &RouteRow) -> (u16, Option<&'static str>, bool) {
    if let Some(schema) = odm::success(row) {
        return (200, schema, false);
    }
    if let Some(schema) = packs::success(row) {
        return (200, Some(schema), false);
    }
    match (row.method, row.path) {
        ("OPTIONS" | "DELETE" | "PUT", _) => (204, None, false),
        ("POST", "/capture") => (202, None, false),
        ("POST", "/events") => (201, Some("Event"), false),
        ("POST", "/queries") => (201, Some("Query"), false),
        ("POST", _) => (201, Some("Subscription"), false),
        (_, "/openapi.json") => (200, Some("OpenApi"), false),
        (_, "/") => (200, Some("Collection"), true),
        (_, "/capture") => (200, Some("CaptureJobs"), false),
        (_, "/capture/{captureID}") => (200, Some("CaptureJob"), true),
        (_, "/queries") => (200, Some("Queries"), false),
        (_, "/queries/{queryName}") => (200, Some("Query"), false),
        (_, "/queries/{queryName}/subscriptions") => (200, Some("Subscriptions"), false),
        (_, "/queries/{queryName}/subscriptions/{subscriptionID}") => {
            (200, Some("Subscription"), false)
        }
        (_, path) if path.ends_with("/events") || path == "/events/{eventID}" => {
            (200, Some("QueryDocument"), true)
        }
        _ => (200, Some("Collection"), false),
    }
}

fn schema(name: &str) -> Value {
    let list = |of: &str| json!({ "type": "array", "items": reference("schemas", of) });
    match name {
        "OpenApi" => json!({ "type": "object" }),
        "CaptureJobs" => list("CaptureJob"),
        "Queries" => list("Query"),
        "Subscriptions" => list("Subscription"),
        name => reference("schemas", name),
    }
}

fn responses(row: &RouteRow) -> Value {
    let mut all = Map::new();
    let (status, body, is_xml) = success(row);
    let mut answer = json!({ "description": "Done.", "headers": headers(row, status) });
    if let Some(name) = body {
        let mut told = content(&JSON, &schema(name));
        if is_xml {
            told.extend(content(&XML, &json!({ "type": "string" })));
        }
        answer["content"] = Value::Object(told);
    }
    if let Some(content) = odm::document(row) {
        answer["content"] = content;
    }
    all.insert(status.to_string(), answer);
    if odm::has_body(row) {
        let mut refused = all["200"].clone();
        refused["description"] = json!("Something does not fit; nothing was entered.");
        all.insert("422".to_owned(), refused);
    }
    if packs::has_key(row) {
        let mut queued = all["200"].clone();
        queued["description"] = json!("It is durable in the book, and waits for a node.");
        all.insert("202".to_owned(), queued);
    }
    if row.method == "GET" && row.path == "/queries/{queryName}/events" {
        let switched = json!({ "description": "The connection is a WebSocket now." });
        all.insert("101".to_owned(), switched);
    }
    let problem = json!({
        "application/problem+json": { "schema": reference("schemas", "Problem") },
        "application/problem+xml": { "schema": { "type": "string" } },
    });
    for (status, description) in refusals(row) {
        let refusal = json!({ "description": description, "content": problem });
        all.insert(status.to_string(), refusal);
    }
    Value::Object(all)
}

fn refusals(row: &RouteRow) -> Vec<(u16, &'static str)> {
    if packs::is_one(row) {
        return packs::refusals(row);
    }
    if odm::is_one(row) {
        return odm::refusals(row);
    }
    let has_body = body(row).is_some();
    let below = row.path.contains('{');
    let all = [
        (
            is_list(row) || is_member(row) || has_body,
            400,
            "Not valid.",
        ),
        (true, 401, "No token, or one that is not known."),
        (true, 403, "A token without the right."),
        (below, 404, "Not there, or not for this caller."),
        (true, 405, "No method of this resource."),
        (true, 406, "Neither a syntax nor a version that is served."),
        (has_body, 408, "The request took too long to arrive."),
        (has_body, 409, "There is one of this name already."),
        (has_body || asks(row) || is_list(row), 413, "Too large."),
        (true, 414, "The URI is too long."),
        (has_body, 415, "A syntax that is not read."),
        (true, 500, "The gateway failed."),
        (has_body, 503, "Too much to do."),
    ];
    let is_open = row.policy == Policy::Open;
    let kept = all
        .into_iter()
        .filter(|(holds, status, _)| *holds && !(is_open && matches!(status, 401 | 403)));
    kept.map(|(_, status, words)| (status, words)).collect()
}

/// Whether it is what lies below one member of a top-level resource.
fn is_member(row: &RouteRow) -> bool {
    row.method == "GET" && matches!(success(row), (200, Some("Collection"), false))
}

/// What a successful answer says beside its body.
fn headers(row: &RouteRow, status: u16) -> Value {
    let text = |required: bool| json!({ "required": required, "schema": { "type": "string" } });
    let mut all = Map::new();
    all.insert("GS1-EPCIS-Version".to_owned(), text(true));
    all.insert("GS1-CBV-Version".to_owned(), text(true));
    if odm::is_document(row) {
        all.insert("Theriac-Next-Entry".to_owned(), text(true));
        all.insert("Theriac-Unreadable".to_owned(), text(true));
    }
    if matches!(status, 201 | 202) {
        all.insert("Location".to_owned(), text(true));
    }
    if is_list(row) {
        all.insert("Link".to_owned(), text(false));
        all.insert("GS1-Next-Page-Token-Expires".to_owned(), text(false));
    }
    if row.method == "OPTIONS" {
        let names = [
            "Allow",
            "GS1-EPCIS-Min",
            "GS1-EPCIS-Max",
            "GS1-CBV-Min",
            "GS1-CBV-Max",
            "GS1-EPC-Format",
            "GS1-CBV-XML-Format",
            "GS1-Extensions",
            "GS1-Vendor-Version",
        ];
        all.extend(names.map(|name| (name.to_owned(), text(true))));
        if row.path == "/capture" {
            let count = json!({ "required": true, "schema": { "type": "integer", "minimum": 1 } });
            all.insert("GS1-Capture-Error-Behaviour".to_owned(), text(true));
            all.insert("GS1-EPCIS-Capture-Limit".to_owned(), count.clone());
            all.insert("GS1-EPCIS-Capture-File-Size-Limit".to_owned(), count);
        }
    }
    Value::Object(all)
}
