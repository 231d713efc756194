//! Schemas of what the routes of packs take and answer.

use super::scan;
use serde_json::{Map, Value, json};
use theriac_contracts::codes::{ExitKind, FlagKind, FlagSubject};

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
pub(in crate::door::openapi) fn schemas() -> Map<String, Value> {
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
