//! Schemas of bodies.

use crate::door::ProblemKind;
use serde_json::{Value, json};

/// All schemas by their names.
pub(super) fn schemas() -> Value {
    let mut all = json!({
        "Problem": problem(),
        "Collection": collection(),
        "CaptureJob": capture_job(),
        "Event": {
            "type": "object",
            "required": ["@context", "type", "eventTime", "eventTimeZoneOffset"],
            "properties": { "type": { "type": "string" }, "eventID": { "type": "string" } },
        },
        "Document": document(),
        "QueryDocument": query_document(),
        "Query": query(),
        "SubscriptionRequest": subscription_request(),
        "Subscription": subscription(),
    });
    let named = all.as_object_mut().expect("it was just written as one");
    named.extend(super::packs::schemas());
    named.extend(super::odm::schemas());
    all
}

fn time() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn problem() -> Value {
    let mut exceptions: Vec<_> = ProblemKind::ALL
        .iter()
        .map(|kind| kind.exception())
        .collect();
    exceptions.sort_unstable();
    exceptions.dedup();
    json!({
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string", "enum": exceptions },
            "title": { "type": "string" },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string" },
            "code": { "type": "string" },
            "hint": { "type": ["string", "null"] },
        },
        "additionalProperties": false,
    })
}

fn context() -> Value {
    json!({ "type": ["string", "object", "array"] })
}

fn collection() -> Value {
    json!({
        "type": "object",
        "required": ["@context", "type", "member"],
        "properties": {
            "@context": context(),
            "type": { "const": "Collection" },
            "member": { "type": "array", "uniqueItems": true, "items": { "type": "string", "minLength": 1 } },
        },
    })
}

fn capture_job() -> Value {
    json!({
        "type": "object",
        "required": ["captureID", "createdAt", "running", "success", "captureErrorBehaviour", "errors"],
        "properties": {
            "captureID": { "type": "string" },
            "createdAt": time(),
            "finishedAt": time(),
            "running": { "type": "boolean" },
            "success": { "type": "boolean" },
            "captureErrorBehaviour": { "type": "string", "enum": ["rollback", "proceed"] },
            "errors": { "type": "array", "items": { "$ref": "#/components/schemas/Problem" } },
        },
    })
}

fn document() -> Value {
    json!({
        "type": "object",
        "required": ["@context", "type", "epcisBody"],
        "properties": {
            "@context": context(),
            "type": { "type": "string", "enum": ["EPCISDocument", "EPCISQueryDocument"] },
            "schemaVersion": { "type": "string", "pattern": "^[0-9]+([.][0-9]+)*$" },
            "creationDate": time(),
            "epcisBody": { "type": "object" },
        },
        // The answer to a query is taken without them, since partners send it so.
        "anyOf": [
            {
                "required": ["schemaVersion", "creationDate"],
                "properties": { "type": { "const": "EPCISDocument" } },
            },
            { "properties": { "type": { "const": "EPCISQueryDocument" } } },
        ],
    })
}

fn query_document() -> Value {
    let body = json!({
        "type": "object",
        "required": ["eventList"],
        "properties": { "eventList": { "type": "array", "items": { "type": "object" } } },
    });
    json!({
        "type": "object",
        "required": ["@context", "type", "schemaVersion", "creationDate", "epcisBody"],
        "properties": {
            "@context": context(),
            "type": { "const": "EPCISQueryDocument" },
            "schemaVersion": { "const": "2.0" },
            "creationDate": time(),
            "epcisBody": {
                "type": "object",
                "required": ["queryResults"],
                "properties": { "queryResults": {
                    "type": "object",
                    "required": ["queryName", "resultsBody"],
                    "properties": { "queryName": { "type": "string" }, "resultsBody": body },
                }},
            },
        },
    })
}

fn query() -> Value {
    json!({
        "type": "object",
        "required": ["name", "query"],
        "properties": {
            "@context": context(),
            "name": { "type": "string", "minLength": 1, "maxLength": 200 },
            "query": { "type": "object" },
        },
    })
}

fn schedule() -> Value {
    let field = json!({ "type": ["string", "integer"] });
    json!({
        "type": "object",
        "minProperties": 1,
        "properties": {
            "second": field,
            "minute": field,
            "hour": field,
            "dayOfMonth": field,
            "month": field,
            "dayOfWeek": field,
        },
        "additionalProperties": false,
    })
}

fn subscription_request() -> Value {
    json!({
        "type": "object",
        "required": ["dest"],
        "properties": {
            "dest": { "type": "string", "format": "uri" },
            "signatureToken": { "type": "string", "minLength": 1, "maxLength": 1024 },
            "stream": { "type": "boolean" },
            "schedule": schedule(),
            "reportIfEmpty": { "type": "boolean" },
            "initialRecordTime": time(),
        },
    })
}

fn subscription() -> Value {
    json!({
        "type": "object",
        "required": ["subscriptionID", "queryName", "dest", "createdAt", "minRecordTime", "epcFormat"],
        "properties": {
            "subscriptionID": { "type": "string" },
            "queryName": { "type": "string" },
            "dest": { "type": "string" },
            "createdAt": time(),
            "lastNotifiedAt": time(),
            "initialRecordTime": time(),
            "minRecordTime": time(),
            "epcFormat": { "type": "string" },
            "stream": { "const": true },
            "reportIfEmpty": { "type": "boolean" },
            "schedule": schedule(),
        },
        "additionalProperties": false,
    })
}
