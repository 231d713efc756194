//! What the routes of packs take and answer.

use crate::door::route::{Policy, RouteRow};
use serde_json::{Map, Value, json};
use theriac_contracts::codes::{ExitKind, FlagKind, FlagSubject};

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
        ("scan", scan()),
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

fn scan() -> Value {
    json!({
        "type": "string", "minLength": 1, "maxLength": 4096,
        "description": "What the scanner said, in any form: raw with FNC1, in brackets, as a GS1 Digital Link, or garbled by a keyboard.",
    })
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// All schemas by their names.
pub(super) fn schemas() -> Map<String, Value> {
    let all = [
        ("Scan", object(&["scan"], json!({ "scan": scan() }))),
        ("PackExit", pack_exit()),
        ("PackVerification", verification()),
        ("PackDone", done()),
        ("PackProvenance", provenance()),
        ("PackQueue", queue()),
        ("PackAlarms", alarms()),
        (
            "Connectivity",
            object(&["responderGLN"], json!({ "responderGLN": text() })),
        ),
        ("VerificationResponse", response()),
    ];
    all.into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn time() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn number() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn exits(more: &[&str]) -> Value {
    let words = ExitKind::ALL.iter().map(|kind| kind.word());
    let words: Vec<_> = words.chain(more.iter().copied()).collect();
    json!({ "type": "string", "enum": words })
}

fn pack_exit() -> Value {
    let mut kinds = exits(&[]);
    let words = kinds["enum"].as_array_mut().expect("it is a list");
    words.retain(|word| *word != ExitKind::Dispensed.word());
    object(&["scan", "as"], json!({ "scan": scan(), "as": kinds }))
}

fn flag_properties() -> Value {
    let kinds: Vec<_> = FlagKind::ALL.iter().map(|kind| kind.word()).collect();
    let subjects: Vec<_> = FlagSubject::ALL.iter().map(|one| one.word()).collect();
    json!({
        "number": number(),
        "kind": { "type": "string", "enum": kinds },
        "on": { "type": "string", "enum": subjects },
        "organisation": number(),
    })
}

fn verification() -> Value {
    let emvs = json!({
        "type": ["object", "null"],
        "required": ["alert", "code"],
        "properties": { "alert": text(), "code": text() },
        "additionalProperties": false,
    });
    let classes = ["scanner", "data", "procedure", "state", "suspicion"];
    let cause = object(
        &["code", "class", "message", "emvs", "vrs", "vrsInfo"],
        json!({
            "code": text(), "class": { "type": "string", "enum": classes }, "message": text(), "emvs": emvs, "vrs": text(),
            "vrsInfo": { "type": ["string", "null"] },
        }),
    );
    let states = ["complete", "not-checked", "broken", "unknown"];
    let custody = object(
        &["state"],
        json!({ "state": { "type": "string", "enum": states }, "handOvers": number() }),
    );
    let flag = object(&["number", "kind", "on", "organisation"], flag_properties());
    let manufacturer = json!({
        "type": ["object", "null"],
        "required": ["answered"],
        "properties": { "answered": { "type": "boolean" } },
    });
    object(
        &[
            "fit",
            "pack",
            "causes",
            "flags",
            "custody",
            "repairs",
            "ask",
            "manufacturer",
            "unchecked",
        ],
        json!({
            "fit": { "type": "boolean" },
            "pack": { "type": ["string", "null"] },
            "causes": list(cause),
            "flags": list(flag),
            "custody": custody,
            "repairs": list(text()),
            "ask": { "type": ["string", "null"] },
            "manufacturer": manufacturer,
            "unchecked": list(text()),
        }),
    )
}

fn done() -> Value {
    let truth = json!({ "type": "boolean" });
    object(
        &[
            "pack",
            "as",
            "requestedAt",
            "final",
            "queued",
            "repeated",
            "unchecked",
        ],
        json!({
            "pack": text(), "as": exits(&["undone"]), "requestedAt": time(), "final": truth, "queued": truth, "repeated": truth,
            "unchecked": list(text()),
        }),
    )
}

fn provenance() -> Value {
    let hash = json!({ "type": "string", "pattern": "^0x[0-9a-f]{64}$" });
    let step = json!({
        "type": "object",
        "required": ["key", "salt", "next", "siblings"],
        "properties": { "key": text(), "salt": hash, "next": text(), "siblings": list(hash.clone()) },
    });
    object(
        &[
            "format",
            "chainId",
            "gtin",
            "serial",
            "lot",
            "expiry",
            "root",
            "membership",
            "steps",
        ],
        json!({
            "format": { "const": "theriac-custody/1" }, "chainId": number(), "gtin": text(), "serial": text(), "lot": text(),
            "expiry": text(), "root": hash, "membership": list(hash.clone()), "steps": list(step),
        }),
    )
}

fn queue() -> Value {
    let entry = object(
        &["number", "entry", "packs"],
        json!({
            "number": number(), "entry": text(), "packs": list(text()), "as": exits(&[]), "requestedAt": time(),
        }),
    );
    object(
        &["linked", "entries"],
        json!({ "linked": { "type": "boolean" }, "entries": list(entry) }),
    )
}

fn alarms() -> Value {
    let mut properties = flag_properties();
    properties["raisedAt"] = time();
    properties["pull"] = list(text());
    let flag = object(
        &["number", "kind", "on", "organisation", "raisedAt", "pull"],
        properties,
    );
    let collision = object(
        &[
            "number",
            "pack",
            "as",
            "queuedAt",
            "code",
            "organisation",
            "message",
        ],
        json!({
            "number": number(), "pack": text(), "as": exits(&["undone"]), "queuedAt": time(), "code": text(),
            "organisation": number(), "message": text(),
        }),
    );
    object(
        &["flags", "collisions"],
        json!({ "flags": list(flag), "collisions": list(collision), "lookedAt": time() }),
    )
}

fn response() -> Value {
    let data = object(
        &["verified"],
        json!({
            "verified": { "type": "boolean" }, "verificationFailureReason": text(), "additionalInfo": text(),
        }),
    );
    object(
        &["verificationTimestamp", "responderGLN", "corrUUID", "data"],
        json!({ "verificationTimestamp": time(), "responderGLN": text(), "corrUUID": text(), "data": data }),
    )
}
