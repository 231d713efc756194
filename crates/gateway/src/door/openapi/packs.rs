//! What the routes of packs take and answer.

mod schemas;

pub(super) use schemas::schemas;

use crate::door::route::{Policy, RouteRow};
use serde_json::{Map, Value, json};

/// Whether it is a route of packs.
pub(super) fn is_one(row: &RouteRow) -> bool {
    ["/packs/", "/checkConnectivity", "/verify/"]
        .iter()
        .any(|start| row.path.starts_with(start))
}

/// Whether a request has a key of its own, and may be queued.
pub(super) fn has_key(row: &RouteRow) -> bool {
    matches!(
        row.path,
        "/packs/dispense" | "/packs/undo" | "/packs/decommission"
    )
}

/// The schema of the body.
pub(super) fn body(row: &RouteRow) -> Option<&'static str> {
    match (row.method, row.path) {
        ("POST", "/packs/verify" | "/packs/dispense" | "/packs/undo") => Some("Scan"),
        ("POST", "/packs/decommission") => Some("PackExit"),
        _ => None,
    }
}

/// The schema of the answer.
pub(super) fn success(row: &RouteRow) -> Option<&'static str> {
    Some(match row.path {
        "/packs/verify" => "PackVerification",
        "/packs/dispense" | "/packs/undo" | "/packs/decommission" => "PackDone",
        "/packs/provenance" => "PackProvenance",
        "/packs/queue" => "PackQueue",
        "/packs/alarms" => "PackAlarms",
        "/checkConnectivity" => "Connectivity",
        "/verify/gtin/{gtin}/lot/{lot}/ser/{serial}" => "VerificationResponse",
        _ => return None,
    })
}

/// Names of parameters beside those of the path.
pub(super) fn named(row: &RouteRow) -> Vec<&'static str> {
    match row.path {
        _ if has_key(row) => vec!["Idempotency-Key"],
        "/packs/provenance" => vec!["scan"],
        "/checkConnectivity" => vec!["gtin", "reqGLN", "context"],
        "/verify/gtin/{gtin}/lot/{lot}/ser/{serial}" => {
            vec!["exp", "linkType", "context", "reqGLN", "corrUUID"]
        }
        _ => Vec::new(),
    }
}

/// Those parameters.
pub(super) fn parameters() -> Map<String, Value> {
    let key = json!({ "type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$" });
    let key = json!({
        "name": "Idempotency-Key", "in": "header", "required": true, "schema": key,
        "description": "Names this request: the same key again, after a lost answer, tells what became of the first. Another request takes another key.",
    });
    let gtin = json!({ "type": "string", "pattern": "^[0-9]{14}$" });
    let gln = json!({ "type": "string", "pattern": "^[0-9]{13}$" });
    let expiry = json!({ "type": "string", "pattern": "^[0-9]{6}$" });
    let in_query = [
        // The length of a URI is bounded as a whole.
        ("scan", json!({ "type": "string", "minLength": 1 })),
        ("gtin", gtin),
        ("reqGLN", gln),
        ("exp", expiry),
        (
            "context",
            json!({ "type": "string", "enum": ["dscsaSaleableReturn"] }),
        ),
        (
            "linkType",
            json!({ "type": "string", "enum": ["verificationService"] }),
        ),
        ("corrUUID", json!({ "type": "string", "format": "uuid" })),
    ];
    let required = in_query.map(|(name, schema)| {
        let parameter = json!({ "name": name, "in": "query", "required": true, "schema": schema });
        (name.to_owned(), parameter)
    });
    required
        .into_iter()
        .chain([("Idempotency-Key".to_owned(), key)])
        .collect()
}

/// What may be answered otherwise.
pub(super) fn refusals(row: &RouteRow) -> Vec<(u16, &'static str)> {
    let has_body = body(row).is_some();
    let takes = has_body || !named(row).is_empty();
    let reads_scan = has_key(row) || row.path == "/packs/provenance";
    let is_open = row.policy == Policy::Open;
    let all = [
        (takes, 400, "Not valid."),
        (!is_open, 401, "No token, or one that is not known."),
        (!is_open, 403, "A token without the right."),
        (
            true,
            404,
            "Not known here, or this gateway has no book of packs.",
        ),
        (true, 405, "No method of this resource."),
        (true, 406, "Neither a syntax nor a version that is served."),
        (has_body, 408, "The request took too long to arrive."),
        (has_key(row), 409, "A rule says no; the code says which."),
        (has_body, 413, "Too large."),
        (true, 414, "The URI is too long."),
        (has_body, 415, "A syntax that is not read."),
        (
            reads_scan,
            422,
            "The scan cannot be read, or the key names another request.",
        ),
        (true, 500, "The gateway failed."),
        (true, 502, "The ledger failed."),
        (
            true,
            503,
            "No node of the ledger answers, or there is too much to do.",
        ),
    ];
    let holding = all.into_iter().filter(|(holds, _, _)| *holds);
    holding.map(|(_, status, words)| (status, words)).collect()
}

/// A scan.
fn scan() -> Value {
    json!({
        "type": "string", "minLength": 1, "maxLength": 4096,
        "description": "What the scanner said, in any form: raw with FNC1, in brackets, as a GS1 Digital Link, or garbled by a keyboard.",
    })
}
